"""Puts the parts of the toolchain together, inside derivations: a module for each. Standard library only."""
