"""A strict Bot API server, and the people who write to the bot."""
