"""Readers side by side on crops and photos."""
