"""`wasmwright shell`: the environment of builds, entered from outside."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import command_line
import pytest
from command_line import ROOT

from wasmwright.cli.session import open_checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.nix import Nix


def wasmwright(*arguments: str | Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return command_line.wasmwright(*arguments, root=root, LEAKED="1")


def test_the_build_gives_the_same_bytes_by_hand(nix: Nix):
    (built,) = nix.build([f"{open_checkout().attribute('markupsafe')}.built"])
    (wheel,) = built.out.glob("*.whl")
    entered = wasmwright("shell", "markupsafe", "--fresh", "--", "env")
    assert entered.returncode == 0, entered.stderr
    assert "LEAKED" not in entered.stdout
    command = next(line.strip() for line in entered.stderr.splitlines() if "/frontend.py " in line)
    done = wasmwright("shell", "markupsafe", "--", "sh", "-c", f"{command} && cat /build/wheels/*.whl >/build/copy")
    assert done.returncode == 0, done.stderr
    folder = open_checkout().state / "shells" / "markupsafe"
    assert (folder / "copy").read_bytes() == wheel.read_bytes()


def test_an_exit_code_is_handed_on():
    assert wasmwright("shell", "markupsafe", "--", "sh", "-c", "exit 7").returncode == 7


def test_a_command_that_there_is_not_is_told(tmp_path: Path):
    done = wasmwright("shell", "markupsafe", "numpy")
    assert done.returncode == 127
    assert done.stderr.endswith("error: `numpy` cannot be run in the build's environment: No such file or directory\n")
    tmp_path.chmod(0o755)
    assert wasmwright("shell", "markupsafe", tmp_path).returncode == 126


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Path]:
    """A checkout whose murmurhash cannot be compiled."""
    root = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)
    recipe = root / "pkgs/murmurhash/recipe.toml"
    recipe.write_text(recipe.read_text() + '\n[build]\ncxxflags = ["-DTHIS", "-include", "nothere.h"]\n')
    assert wasmwright("generate", root=root).returncode == 0
    yield root
    for kept in Path("/tmp").glob("nix-build-murmurhash-*"):
        shutil.rmtree(kept, ignore_errors=True)


def test_the_folder_of_a_failed_build_is_entered(broken: Path):
    failed = wasmwright("build", "murmurhash", "--keep-failed", "--no-test", root=broken)
    assert failed.returncode == 34, failed.stderr
    kept = failed.stderr.split("enters the build's folder, which is kept: ")[1].splitlines()[0]
    script = "pwd; echo $WASMWRIGHT_CXXFLAGS; ls -d /build/source/*/build"
    assert "`./wasmwright shell murmurhash" in failed.stderr
    done = wasmwright("shell", "murmurhash", "--", "sh", "-c", script, root=broken)
    assert done.returncode == 0, done.stderr
    where, flags, objects = done.stdout.splitlines()
    assert f"the failed build in {kept}\n" in done.stderr
    assert where.startswith("/build/source/murmurhash-")
    assert shlex.split(flags)[-3:] == ["-DTHIS", "-include", "nothere.h"]
    assert objects == f"{where}/build"
