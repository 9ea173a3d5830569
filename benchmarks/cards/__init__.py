"""Model cards of the exported networks, with the tables of a run of the bench."""
