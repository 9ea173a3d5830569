"""What stands on a tag: rows, places, labels, other texts."""
