"""Documents as PDF bytes: a form compiled once, and what changes from certificate to certificate."""
