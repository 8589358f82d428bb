"""`wasmwright build` on small packages of this checkout."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
from command_line import COMMAND, ROOT, environment, wasmwright

from wasmwright.cli.session import every_checkout, one_build_of, open_checkout, open_nix
from wasmwright.process import run

CHECKOUT = open_checkout()
ALL = every_checkout()
# A module with one function, which makes a vector of zeros and drops it.
VECTOR = bytes.fromhex("0061736d01000000 010401600000 03020100 0a090107004100fd0f1a0b")


def start(*arguments: str, said: IO[str]) -> subprocess.Popen[str]:
    command = [*COMMAND, *arguments]
    return subprocess.Popen(command, env=environment(), cwd="/", stdout=said, stderr=said, text=True)


def test_wheel_is_built_imported_and_printed_last(tmp_path: Path):
    done = wasmwright("build", "markupsafe", "--out-link", tmp_path / "result")
    assert done.returncode == 0, done.stderr
    wheel = Path(done.stdout.splitlines()[-1])
    assert wheel.name.endswith(f"-{CHECKOUT.abi.platform}.whl")
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in done.stdout
    assert "markupsafe: built and imported" in done.stdout
    assert (tmp_path / "result").readlink() == wheel.parent
    assert (CHECKOUT.roots / "markupsafe-wasm").readlink() == wheel.parent
    assert (CHECKOUT.roots / "toolchain").exists()


def test_profiles_have_their_own_wheels_roots_and_locks():
    done = {checkout.profile: wasmwright("build", "markupsafe", "--profile", checkout.profile) for checkout in ALL}
    for checkout in ALL:
        wheel = Path(done[checkout.profile].stdout.splitlines()[-1])
        assert wheel.name.endswith(f"-{checkout.abi.platform}.whl"), done[checkout.profile].stderr
        assert (checkout.roots / "markupsafe-wasm").readlink() == wheel.parent


@pytest.mark.parametrize("name", ["markupsafe", pytest.param("scikit-learn", marks=pytest.mark.long)])
def test_packages_are_imported_by_an_engine_without_vectors(name: str):
    done = wasmwright("build", name, "--no-simd")
    assert f"{name}: built and imported" in done.stdout, done.stderr
    wheel = Path(done.stdout.splitlines()[-1])
    assert (dataclasses.replace(CHECKOUT, simd=False).roots / f"{name}-wasm").readlink() == wheel.parent
    assert wheel.parent != (CHECKOUT.roots / f"{name}-wasm").resolve()


def test_engine_without_vectors_refuses_them():
    nix = open_nix(CHECKOUT)
    engines = nix.build([checkout.output("node") for checkout in (CHECKOUT, dataclasses.replace(CHECKOUT, simd=False))])
    script = f"console.log(WebAssembly.validate(new Uint8Array({[*VECTOR]})))"
    nodes = [engine.out / "bin" / "node" for engine in engines]
    answers = [run([node, "-e", script], env={}, cwd=ROOT).stdout.strip() for node in nodes]
    assert answers == ["true", "false"]


def test_a_build_waits_for_none_of_another_package_or_profile():
    mine, *others = ALL
    with ExitStack() as held:
        held.enter_context(one_build_of(mine, ["zlib", "numpy"]))
        for other in others:
            held.enter_context(one_build_of(other, ["markupsafe"]))
        done = wasmwright("build", "markupsafe", "--profile", mine.profile)
    assert done.returncode == 0, done.stderr
    assert "waiting" not in done.stderr


def test_two_builds_of_one_package_wait(tmp_path: Path):
    with one_build_of(CHECKOUT, ["markupsafe"]), (tmp_path / "said").open("w") as said:
        waiting = start("build", "markupsafe", said=said)
        while "waiting" not in (tmp_path / "said").read_text():
            assert waiting.poll() is None
    assert waiting.wait() == 0
    told = (tmp_path / "said").read_text()
    assert f"another build of markupsafe for {CHECKOUT.profile} (pid {os.getpid()}) is under way; waiting" in told


def test_an_evaluation_is_kept_in_no_cache_that_another_would_wait_for(tmp_path: Path):
    name = f".#{CHECKOUT.profile}.node.name"
    done = wasmwright("nix", "--", "eval", name, cwd=ROOT, XDG_CACHE_HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob("nix/eval-cache-*/*"))


def test_the_profile_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch):
    for checkout in ALL:
        monkeypatch.setenv("WASMWRIGHT_PROFILE", checkout.abi.short)
        document = json.loads(wasmwright("build", "markupsafe", "--json").stdout)
        assert document["profile"] == checkout.profile


def test_json_is_all_that_is_printed_and_a_second_run_builds_nothing():
    wasmwright("build", "zlib", "markupsafe")
    done = wasmwright("build", "zlib", "markupsafe", "--json")
    assert done.returncode == 0, done.stderr
    assert "building" not in done.stderr
    assert set(json.loads(done.stdout)["seconds"]) == {"sources", "evaluation", "build"}
    package, library = json.loads(done.stdout)["packages"]
    assert [one["outcome"] for one in (package, library)] == ["from the store", "from the store"]
    assert (library["name"], library["wheel"], library["tested"]) == ("zlib", None, False)
    assert (package["name"], package["tested"]) == ("markupsafe", True)
    assert package["artifacts"][0]["path"] == package["wheel"]
    assert package["artifacts"][0]["size"] == Path(package["wheel"]).stat().st_size


def test_same_bytes_when_built_again():
    done = wasmwright("repro", "markupsafe")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("same bytes again: ") == 2


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("markupsafee", 12, "did you mean `markupsafe`?"),
        ("../../etc", 10, "/etc has no pyproject.toml, nor a setup.py"),
        ("a;b", 15, "';' is not allowed"),
        ("", 15, "the name is empty"),
        ("MarkupSafe", 15, "write `markupsafe`"),
    ],
)
def test_odd_names_are_refused_at_the_door(name: str, code: int, message: str):
    done = wasmwright("build", name)
    assert done.returncode == code
    assert message in done.stderr
    assert not done.stdout


def test_recipe_that_nix_does_not_know_yet_is_refused(tmp_path: Path):
    root = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)
    recipe = root / "pkgs/zlib/recipe.toml"
    recipe.write_text(recipe.read_text().replace("[build]", '[build]\nenv = { NEW = "1" }'))
    done = wasmwright("build", "zlib", root=root)
    assert done.returncode == 14, done.stderr
    assert "run `./wasmwright generate zlib`" in done.stderr


def test_file_that_git_does_not_know_is_named_before_nix_looks_for_it(tmp_path: Path):
    root = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)
    subprocess.run(["git", "rm", "-q", "--cached", "pkgs/zlib/lock.json"], cwd=root, check=True)
    done = wasmwright("build", "zlib", root=root)
    assert done.returncode == 6, done.stderr
    assert "error: git does not know pkgs/zlib/lock.json, and Nix sees only what git knows" in done.stderr
    assert "hint: `git add pkgs/zlib`" in done.stderr


def test_doctor_finds_nothing_missing_where_builds_work():
    done = wasmwright("doctor", "--json")
    found = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0, found
    assert found["store"]["ok"]
    assert found["user namespaces"]["ok"]
