"""What a sheet is: its headers, its tables, its labels with their values."""
