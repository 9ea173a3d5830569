"""How a label lies before the camera, and what light and lens do."""
