"""Stand-ins of price services, spoken to over HTTP; tests use them, too."""
