"""A photo was sent: read, doubted, proposed."""
