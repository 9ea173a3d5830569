"""Draws tags, trains both networks on them, exports and measures the result."""
