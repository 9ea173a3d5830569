"""Photo bytes in, ranked style codes out."""
