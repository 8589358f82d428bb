"""Reads WebAssembly modules: what they import, export and need. Standard library only."""
