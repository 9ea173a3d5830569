"""The operator's pages at `/admin`: labelling photos, and looking at what became of them."""
