"""What is said to a message: stored, told to all pages, answered once."""
