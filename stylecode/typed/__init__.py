"""What a person typed: which codes stand in it, and what else."""
