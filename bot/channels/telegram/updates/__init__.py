"""Updates as Telegram sends them, and what they mean."""
