"""What a process finds around it: environment variables, `.env`, its own version."""
