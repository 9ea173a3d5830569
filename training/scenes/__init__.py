"""Whole photos of tags, drawn, with the truth about every character in them."""

from training.scenes.compose import draw_scene
from training.scenes.types import Scene, Word

__all__ = ["Scene", "Word", "draw_scene"]
