"""What the brands' codes look like."""
