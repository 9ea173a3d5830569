"""What keeps the process going."""
