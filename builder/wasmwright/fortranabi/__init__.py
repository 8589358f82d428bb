"""Compares the Fortran runtime's entries with what the compiler calls. Runs in a derivation: standard library only."""
