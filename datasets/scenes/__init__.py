"""Whole photos of tags, drawn, with the truth about every character in them."""

from datasets.scenes.compose import draw_scene
from datasets.scenes.types import Scene, Word

__all__ = ["Scene", "Word", "draw_scene"]
