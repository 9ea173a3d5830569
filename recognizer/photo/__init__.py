"""Bytes to an upright photo, and parts of one."""
