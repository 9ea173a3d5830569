"""Photographs that somebody labelled: lines to learn from; crops and whole photos to measure with."""
