"""Patches and scripts of recipes, broken in quantity: each is read, or refused in words."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fuzz import Cases, few_or_many, mutated_text, odd_text, try_cases

from wasmwright.recipe.hunks import Tried
from wasmwright.recipe.lint import is_proof
from wasmwright.recipe.patchhead import patch_head
from wasmwright.recipe.smoketest import read_smoke_test

if TYPE_CHECKING:
    import random

FILE = "one\ntwo\nthree\nfour\nfive\nsix\n"
PATCHES = [
    (
        "Why.\nhttps://example.test/1\n\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
        "@@ -5,2 +5,1 @@\n-five\n six\n"
    ),
    (
        "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+new\n"
        "\\ No newline at end of file\n"
    ),
    (
        "Subject: [PATCH] x y z\n---\n x | 1 +\n\n--- a/x\n+++ /dev/null\n@@ -1,6 +0,0 @@\n"
        "-one\n-two\n-three\n-four\n-five\n-six\n"
    ),
]
SCRIPTS = [
    "import x\n\ndef test_f() -> None:\n    assert x.f() == 1\n\ntest_f()\n",
    "import numpy as np\nfor a in (1, 2):\n    np.testing.assert_allclose(a, a)\nclass A:\n    def f(self): raise E\n",
]


@few_or_many
def test_patches(cases: Cases):
    def run(text: str) -> None:
        patch_head(text)
        with contextlib.suppress(ValueError):
            Tried(read=lambda name: FILE if name == "x" else None).apply("p", text)

    try_cases(run, lambda rng: mutated_text(rng, PATCHES), cases)


@few_or_many
def test_scripts(cases: Cases):
    try_cases(read_smoke_test, lambda rng: mutated_text(rng, SCRIPTS), cases)


@few_or_many
def test_reasons(cases: Cases):
    def make(rng: random.Random) -> str:
        return odd_text(rng)

    try_cases(is_proof, make, cases)
