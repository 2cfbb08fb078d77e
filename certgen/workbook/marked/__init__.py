"""The marked copy: the user's own workbook with every finding at its cell."""
