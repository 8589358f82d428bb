"""Reads and rewrites wheels; never builds them. Standard library only."""
