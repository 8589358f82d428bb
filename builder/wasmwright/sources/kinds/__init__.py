"""The kinds of sources: a module for each, and one table of them."""
