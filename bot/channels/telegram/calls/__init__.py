"""Calls to Telegram: patience, limits, errors."""
