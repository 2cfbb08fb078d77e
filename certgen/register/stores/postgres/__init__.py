"""A register on a PostgreSQL server, which an office shares."""
