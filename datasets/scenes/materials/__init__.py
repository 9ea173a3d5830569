"""What labels and surfaces are made of, and how print sits on them."""
