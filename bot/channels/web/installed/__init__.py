"""The web chat as an app of the device: what it is called, and photos that others share with it."""
