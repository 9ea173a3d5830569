"""What our pages ask of a request: whether it is our own, and whether it comes too often."""
