"""How closely a photo is looked at, and what its looks say together."""
