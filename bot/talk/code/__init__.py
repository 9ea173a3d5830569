"""A code is chosen, mended or typed."""
