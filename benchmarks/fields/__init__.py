"""What a tag says beside its code, against what people read on it."""
