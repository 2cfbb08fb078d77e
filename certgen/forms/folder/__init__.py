"""A form folder: its files read as records, built into a form, and everything wrong with them told."""
