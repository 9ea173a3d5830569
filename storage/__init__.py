"""Interactions, quotes, photos and people, over SQLAlchemy Core.

`storage.store.Store` is the door; `storage.types` is what goes through it.
"""
