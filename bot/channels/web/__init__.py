"""The web chat: one page, a small JSON API, the same conversation as every other channel."""
