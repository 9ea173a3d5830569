"""The conversation, and the channels it speaks through."""
