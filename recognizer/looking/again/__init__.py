"""The finder at work a second time, where the first look leaves doubt."""
