"""A run's state and schedule."""
