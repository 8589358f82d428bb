from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


def failed_cases(nix: Nix, tree: Path) -> dict[str, object]:
    done = run([nix.program, "eval", "--json", "-f", "tests/nix"], env=nix.env(), cwd=tree)
    failed: dict[str, object] = json.loads(done.stdout)
    return failed


def test_cases_of_the_nix_library(nix: Nix, checkout: Path):
    assert failed_cases(nix, checkout) == {}


def test_a_wrong_function_and_an_untested_one_are_named(nix: Nix, checkout: Path, tmp_path: Path):
    for folder in ("nix/lib", "tests/nix"):
        shutil.copytree(checkout / folder, tmp_path / folder)
    names = tmp_path / "nix/lib/names.nix"
    text = names.read_text()
    names.write_text(text.replace('"${name}-wasm"', '"${name}-js"').rstrip().removesuffix("}") + "  new = x: x;\n}\n")
    assert set(failed_cases(nix, tmp_path)) == {"names.attribute: a recipe's package", "names.new: has no test"}
