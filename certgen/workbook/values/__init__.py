"""What one cell means: numbers, masses, dates, codes, choices, parties and places."""
