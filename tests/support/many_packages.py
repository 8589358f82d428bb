"""How long Nix evaluates many packages: `.venv/bin/python tests/support/many_packages.py 0 50 200 800`.

A copy of the checkout gets so many packages more, each like markupsafe and needing up to three of those before it. The
derivations of all packages of all profiles are evaluated, without a cache. Of several rounds the shortest counts.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2] / "builder")]

from checkout_copy import CheckoutCopy, copy_checkout

from wasmwright.lock.profile import known_profiles
from wasmwright.paths import project_root
from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Iterable

LIKE = "markupsafe"
_ROUNDS = 3
_NEEDS = 3


def add_packages(tree: CheckoutCopy, count: int) -> None:
    """Have as many synthetic packages in a copy, and no more; git knows them."""
    pkgs = tree.root / "pkgs"
    for old in pkgs.glob("synthetic-*"):
        shutil.rmtree(old)
    for number in range(count):
        name = _name(number)
        needs = [_name(number // step) for step in range(2, 2 + _NEEDS) if number // step < number]
        folder = pkgs / name
        folder.mkdir()
        for file in ("recipe.toml", "lock.json", "package.nix", "test_import.py"):
            text = (pkgs / LIKE / file).read_text()
            # The source stays what it is: only the package has another name.
            (folder / file).write_text(_renamed(text, name, list(dict.fromkeys(needs)), file))
    run(["git", "add", "-A"], env=os.environ, cwd=tree.root)


def _name(number: int) -> str:
    return f"synthetic-{number:04}"


def _renamed(text: str, name: str, needs: list[str], file: str) -> str:
    if file == "test_import.py":
        return text
    if file == "lock.json":
        return text.replace(f'"name": "{LIKE}"', f'"name": "{name}"')
    text = text.replace(f'name = "{LIKE}"', f'name = "{name}"')
    if file == "package.nix":
        text = text.replace("{ buildWasmWheel }:", f"{{ {', '.join(['buildWasmWheel', *needs])} }}:")
        listed = "".join(f"    {need}\n" for need in needs)
        return text.replace("  testImports", f"  runDependencies = [\n{listed}  ];\n  testImports", 1)
    return text.replace("[tests]", f"[dependencies]\nrun = {needs}\n\n[tests]".replace("'", '"'))


def seconds_of(tree: CheckoutCopy) -> tuple[float, float]:
    """The seconds of processor time and of the clock that one evaluation takes, Python's start included."""
    profiles = " ".join(f'"{name}"' for name in known_profiles(tree.root))
    apply = f"all: map (p: builtins.mapAttrs (_: d: d.drvPath or null) all.${{p}}) [ {profiles} ]"
    command = ["wasmwright", "nix", "--", "eval", "--json", "--option", "eval-cache", "false"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    tree.end(*command, ".#legacyPackages.x86_64-linux", "--apply", apply, check=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, ended - began


def measure(counts: Iterable[int]) -> None:
    """Print a line for each number of packages more."""
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as folder:
        tree = copy_checkout(project_root(), Path(folder, "tree"))
        there = len([*tree.root.glob("pkgs/*/recipe.toml")])
        for count in counts:
            add_packages(tree, count)
            spent, lasted = zip(*(seconds_of(tree) for _ in range(_ROUNDS)), strict=True)
            sys.stdout.write(f"{there} + {count} packages: {min(spent):.2f} s of CPU, {min(lasted):.2f} s\n")


if __name__ == "__main__":
    measure(map(int, sys.argv[1:]))
