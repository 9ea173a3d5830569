"""A code's prices: asked, shown, amended."""
