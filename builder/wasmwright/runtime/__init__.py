"""Runs Python in the stock WebAssembly runtime under Node. Standard library only: it also runs inside derivations."""
