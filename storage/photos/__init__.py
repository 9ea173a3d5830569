"""Where photos lie."""
