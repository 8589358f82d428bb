"""Compiles LLVM's Fortran runtime for the target. Runs inside a derivation: standard library only."""
