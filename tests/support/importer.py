"""An importer with the names and tools of no checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recipe_known import KNOWN

from wasmwright.importing.beside import Beside
from wasmwright.importing.run import Importer, System

if TYPE_CHECKING:
    from wasmwright.importing.compose import ImportedRecipe

NAMES = ("libpng", "matplotlib", "numpy", "openblas", "zlib")
LIBRARIES = ("libpng", "openblas", "zlib")


def importer(system: System) -> Importer:
    """It knows a few recipes."""
    return Importer(
        system=system, known=KNOWN, names=NAMES, libraries=LIBRARIES, profile=KNOWN.profiles[0], python="3.14"
    )


def imported(system: System, text: str) -> ImportedRecipe:
    """What comes of a text that lies nowhere."""
    return importer(system).text(text, system.file, Beside(folder=None))
