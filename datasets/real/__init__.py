"""Photographs that somebody labelled: lines to learn from, crops and photos to measure with."""
