"""Changes to the rules of `stylecode`, and whether its tests notice them."""
