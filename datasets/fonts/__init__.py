"""Fonts to draw with."""
