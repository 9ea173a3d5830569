"""What is kept beside the weights of how they came about and what was measured of them."""
