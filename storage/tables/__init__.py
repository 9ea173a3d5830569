"""A class for each table."""
