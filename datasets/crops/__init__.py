"""Drawing crops of single text lines for the recogniser."""
