"""Photographs that somebody labelled: crops of lines for the reader, scenes for the finder."""
