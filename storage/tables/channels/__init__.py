"""Tables that one channel keeps: updates, transcripts, turns, posts."""
