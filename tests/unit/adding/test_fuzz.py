"""What projects say of themselves, broken in quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import Cases, few_or_many, mutated_bytes, mutated_text, try_cases
from index_server import Index

from wasmwright.adding.linked import library_for
from wasmwright.adding.model import compiled_modules
from wasmwright.adding.survey import survey
from wasmwright.adding.told import read_told

if TYPE_CHECKING:
    from random import Random

METADATA = (
    "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nSummary: Shows it\nLicense-Expression: MIT\n"
    "Classifier: License :: OSI Approved :: BSD License\nProject-URL: Homepage, https://x/\nRequires-Dist: a>1\n"
    "\nText\n"
)
SETUP = "from setuptools import *\nlibraries = ['z']\nsetup(ext_modules=[Extension('a', ['a.c'], libraries=['png'])])\n"
PYPROJECT = '[build-system]\nrequires = ["meson-python"]\nbuild-backend = "mesonpy"\nbackend-path = ["."]\n'
MESON = "project('a')\ndependency('zlib')\n"


@few_or_many
def test_any_metadata_is_read(cases: Cases):
    try_cases(lambda text: read_told(text, where="PKG-INFO"), lambda rng: mutated_text(rng, [METADATA]), cases)


@few_or_many
def test_any_text_of_a_source_is_read(cases: Cases):
    texts = {"setup.py": SETUP, "pyproject.toml": PYPROJECT, "meson.build": MESON, "PKG-INFO": METADATA}

    def make(rng: Random) -> dict[str, str]:
        broken = rng.choice(sorted(texts))
        text = mutated_text(rng, [texts[broken]])
        return {**texts, broken: text.encode(errors="replace").decode()}

    def look(files: dict[str, str]) -> None:
        index = Index()
        file = index.add_sdist("demo", "1.0", build_requires=[], **files)
        found = survey(index.files["demo"][file], file)
        for name in found.libraries:
            library_for(name, {})
        assert found.rust is None or found.needs

    try_cases(look, make, cases)


@few_or_many
def test_any_archive_is_read(cases: Cases):
    index = Index()
    file = index.add_sdist("demo", "1.0", build_requires=[], **{"setup.py": SETUP})
    content = index.files["demo"][file]
    try_cases(lambda data: survey(data, file), lambda rng: mutated_bytes(rng, [content]), cases)


@few_or_many
def test_any_name_in_a_wheel_is_looked_at(cases: Cases):
    samples = ["a/b/_c.cpython-314-x86_64-linux-gnu.so", "d.pyd", "libz.so"]
    try_cases(compiled_modules, lambda rng: [mutated_text(rng, samples) or "a" for _ in samples], cases)
