"""The program `pumbeon`: the bot and everything an operator does, by one set of settings."""
