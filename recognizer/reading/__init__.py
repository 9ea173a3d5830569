"""TRBA at work: crops in, characters out."""
