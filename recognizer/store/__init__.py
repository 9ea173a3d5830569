"""Versions of the networks in a folder or a bucket, and which of them is to serve."""
