"""The weights of the ranking's signals, fitted on tags with known codes."""
