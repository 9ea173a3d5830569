"""What lies around and over labels."""
