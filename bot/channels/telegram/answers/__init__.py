"""One stored item answered: replies, edits, albums, inline mode."""
