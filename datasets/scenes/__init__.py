"""Whole photos of tags, drawn, with the truth about every character in them."""

from datasets.scenes.compose import draw_scene
from datasets.scenes.types import DrawnScene, Word

__all__ = ["DrawnScene", "Word", "draw_scene"]
