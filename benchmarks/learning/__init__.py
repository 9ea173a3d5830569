"""Four weeks of a town whose tags the shipped reader reads badly, and what learning makes of it."""
