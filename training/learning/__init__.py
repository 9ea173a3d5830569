"""Learning from what people corrected: collected, cleaned, trained on, judged, promoted."""
