"""How much is read of a foreign recipe: real ones are below a tenth of this.

It is not part of limits.py, as builds see that: a change of it compiles every package anew.
"""

from __future__ import annotations

from wasmwright.limits import KIB, Limit

SIZE = Limit(name="size of a foreign recipe", most=128 * KIB, of_bytes=True)
DEPTH = Limit(name="lists and mappings within each other in a foreign recipe", most=40)
VALUES = Limit(name="values in a foreign recipe, aliases written out", most=20_000)
SCRIPT_SIZE = Limit(name="size of a build script", most=128 * KIB, of_bytes=True)
TEST_SIZE = Limit(name="size of a test script", most=128 * KIB, of_bytes=True)
PATCH_SIZE = Limit(name="size of a patch that is looked into", most=1024 * KIB, of_bytes=True)
TEMPLATE = Limit(name="characters in a text with expressions", most=4096)
EXPANDED = Limit(name="characters that an expression makes", most=16_384)
RENDERED = Limit(name="size of all texts of a foreign recipe, written out", most=1024 * KIB, of_bytes=True)
TEMPLATE_DEPTH = Limit(name="brackets within each other in an expression", most=30)
FOLDERS = Limit(name="files and folders that are looked through for recipes", most=200_000)
RECIPES = Limit(name="recipes in a folder", most=20_000)
