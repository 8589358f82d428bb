"""Building many packages: what to build, in which order, and what became of each."""
