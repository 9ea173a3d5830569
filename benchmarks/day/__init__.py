"""A day of use, simulated."""
