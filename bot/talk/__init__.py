"""The conversation, the same on every channel."""
