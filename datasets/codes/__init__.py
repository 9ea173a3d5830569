"""Style codes to draw, with the words that tags print around them."""
