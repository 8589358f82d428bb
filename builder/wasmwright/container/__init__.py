"""What images run themselves, on the toolchain's own Python: the standard library alone."""
