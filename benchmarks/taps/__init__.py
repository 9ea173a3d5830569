"""How many taps it takes."""
