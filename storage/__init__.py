"""Interactions, quotes, photos and people, over SQLAlchemy Core."""
