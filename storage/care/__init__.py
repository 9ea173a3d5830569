"""Backup, restore, check, export."""
