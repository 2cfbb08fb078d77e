"""Faces and letters: what may be printed, how it is measured, and how a face goes into a PDF."""
