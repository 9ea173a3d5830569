"""Which texts of a tag are codes, best first."""
