"""Load, crashes, hostile pictures and strangers, over real processes of the bot."""
