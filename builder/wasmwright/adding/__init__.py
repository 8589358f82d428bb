"""Projects of the package index as packages: what they are is read from their files, and a recipe is drafted."""
