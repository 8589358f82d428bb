"""Recipes of other systems as recipes of ours. Nothing here runs, fetches or copies what they name."""
