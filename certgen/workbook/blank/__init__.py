"""The blank workbook that a user starts from."""
