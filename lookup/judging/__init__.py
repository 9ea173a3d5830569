"""Which offers are for the code."""
