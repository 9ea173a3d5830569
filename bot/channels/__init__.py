"""Channels: they translate and decide nothing."""
