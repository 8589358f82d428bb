"""Stands before `emcc` and `em++`: makes what a project's build system asks for fit the ABI. Standard library only."""
