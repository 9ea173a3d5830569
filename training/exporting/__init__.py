"""From trained networks to served files."""
