"""Stands before `emcc` and `em++`: makes what a project's build system asks for fit the ABI.

It starts for each file that is compiled. The imports of dataclasses, enum, json, pathlib, re and typing would take as
long as clang takes for a small file: it does without, and imports what is rarely needed where it is needed.
"""
