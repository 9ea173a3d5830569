"""Where text stands: maps, words, lines."""
