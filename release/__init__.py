"""What is made anew for a release."""
