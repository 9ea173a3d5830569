"""The shop's own price list."""
