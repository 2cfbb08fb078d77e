"""Spreadsheet files as plain sheets of cells, each format read within bounds."""
