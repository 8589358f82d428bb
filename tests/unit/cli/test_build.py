from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest
from documents import faults
from fake_farm import FakeNix, failed
from toolchain_writer import PROFILES, write_toolchain

from wasmwright import paths
from wasmwright.cli import boundary, build, main
from wasmwright.errors import PinUnavailable, StoreCorrupted
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROFILE = next(iter(PROFILES))
WHEELS = {f"{name}-wasm": (f"{name}-1.0-py3-none-any.whl", None) for name in ("alpha", "beta", "gamma")}


@pytest.fixture
def nix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add_package: Callable[..., None]) -> FakeNix:
    """A checkout of three packages, of which alpha needs beta, and a Nix that builds them."""
    write_toolchain(tmp_path)
    add_package(tmp_path, "alpha", run="beta")
    add_package(tmp_path, "beta")
    add_package(tmp_path, "gamma")
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    run("generate")
    needs = {"alpha-wasm": ("beta-wasm.built",), "beta-wasm": ("beta-wasm.built",)}
    fake = FakeNix(store=tmp_path / "store", wheels=WHEELS, needs_of=needs)
    monkeypatch.setattr(build, "open_nix", lambda *_, **__: fake)
    monkeypatch.setattr(build, "fetch_for", lambda *_, **__: None)
    return fake


def run(*args: str) -> object:
    with pytest.raises(SystemExit) as caught:
        main(args)
    return caught.value.code


def test_of_one_package_the_last_line_is_its_wheel(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run("build", "beta") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "beta: built and imported"
    assert lines[-1] == str(nix.store / "beta-wasm/beta-1.0-py3-none-any.whl")
    assert not nix.kept_going


def test_of_several_a_table_tells_what_became_of_each(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run("build", "gamma", "alpha", "beta", "--no-test") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:5]] == ["package", "beta", "alpha", "gamma", "3"]
    assert lines[4] == "3 packages: 3 built"
    assert lines[-1].startswith(str(nix.store))


def test_a_recipe_that_is_not_ready_stops_what_needs_it_only(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    root = paths.project_root()
    (root / "pkgs/gamma/recipe.toml").write_text("no recipe")
    (root / "pkgs/alpha/lock.json").unlink()
    assert run("build", "beta") == 0
    assert (nix.store / "beta-wasm").exists()
    capsys.readouterr()
    for meant in (["gamma"], ["--all"], ["bet*"]):
        assert run("build", *meant) == 10
        assert "pkgs/gamma/recipe.toml" in capsys.readouterr().err
    assert run("build", "alpha", "--dry-run") == 13
    assert "hint: run `./wasmwright lock alpha`" in capsys.readouterr().err


@pytest.mark.usefixtures("nix")
def test_a_generated_file_that_is_missing_is_written_and_one_that_is_stale_left(capsys: pytest.CaptureFixture[str]):
    generated = paths.project_root() / "pkgs/beta/package.nix"
    fresh = generated.read_text()
    generated.unlink()
    assert run("build", "beta", "--dry-run") == 14
    assert not generated.exists()
    assert run("build", "beta") == 0
    assert "writing pkgs/beta/package.nix" in capsys.readouterr().err
    assert generated.read_text() == fresh
    generated.write_text("stale")
    assert run("build", "beta") == 14
    assert "run `./wasmwright generate beta`" in capsys.readouterr().err
    assert generated.read_text() == "stale"


def test_failures_are_told_the_worst_last_and_decide_the_code(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    nix.failing = {
        "beta-wasm.built": failed("beta"),
        "gamma-wasm.tests.import": TestsFailed("gamma cannot be imported"),
    }
    capsys.readouterr()
    assert run("build", "--all", "--keep-going") == 34
    captured = capsys.readouterr()
    assert nix.kept_going
    assert "alpha    not tried: needs beta" in captured.out
    assert "gamma    failed (import test)" in captured.out
    assert captured.err.index("gamma cannot be imported") < captured.err.index("the build of beta failed")
    assert captured.out.splitlines()[-1] == "3 packages: 2 failed, 1 not tried"


def test_a_failure_of_one_package_is_an_error_alone(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    nix.failing = {"beta-wasm.built": failed("beta")}
    capsys.readouterr()
    assert run("build", "alpha") == 34
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "error: the build of beta failed\n")


@pytest.mark.parametrize(
    ("interruption", "code"),
    [(KeyboardInterrupt(), 130), (boundary.Signalled(signal.SIGTERM), 143)],
    ids=["ctrl-c", "sigterm"],
)
def test_an_interruption_leaves_the_table(
    nix: FakeNix,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    interruption: KeyboardInterrupt,
    code: int,
):
    left: list[int] = []
    monkeypatch.setattr("wasmwright.cli.leave", left.append)
    nix.interruption = interruption
    capsys.readouterr()
    main(["build", "alpha", "beta", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert [package["outcome"] for package in document["packages"]] == ["interrupted", "interrupted"]
    assert left == [document["exit_code"]] == [code]


def test_json_has_an_outcome_for_each(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    nix.failing = {"beta-wasm.built": failed("beta")}
    capsys.readouterr()
    assert run("build", "gamma", "beta", "--keep-going", "--json") == 34
    document = json.loads(capsys.readouterr().out)
    assert faults("build", document) == []
    assert [(one["name"], one["outcome"]) for one in document["packages"]] == [("beta", "failed"), ("gamma", "built")]
    assert (document["profile"], document["exit_code"]) == (PROFILE, 34)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_dry_run_builds_nothing(nix: FakeNix, capsys: pytest.CaptureFixture[str], *, as_json: bool):
    capsys.readouterr()
    assert run("build", "--all", "--dry-run", *(["--json"] if as_json else [])) == 0
    out = capsys.readouterr().out
    assert not nix.asked
    if as_json:
        document = json.loads(out)
        assert faults("build --dry-run", document) == []
        assert [package["name"] for package in document["packages"]] == ["beta", "alpha", "gamma"]
    else:
        assert out.splitlines()[0].startswith("beta   build, ")


def test_a_dry_run_ends_with_what_cannot_be_evaluated(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    nix.unevaluated = ("gamma-wasm",)
    capsys.readouterr()
    assert run("build", "--all", "--dry-run") == 33
    assert "gamma  cannot be evaluated" in capsys.readouterr().out


def test_what_is_not_offered_is_left_out_with_its_reason(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    path = paths.project_root() / "pkgs/gamma/recipe.toml"
    path.write_text(path.read_text().replace("[source]", 'disabled = "upstream is gone"\n[source]'))
    capsys.readouterr()
    assert run("build", "g*") == 0
    captured = capsys.readouterr()
    assert captured.out == "nothing to build\n"
    assert captured.err == "left out: gamma is disabled: upstream is gone\n"
    assert run("build", "gamma") == 9
    assert not nix.asked


def test_what_is_named_and_not_offered_stops_no_other_with_keep_going(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    path = paths.project_root() / "pkgs/gamma/recipe.toml"
    path.write_text(path.read_text().replace("[source]", 'disabled = "upstream is gone"\n[source]'))
    capsys.readouterr()
    assert run("build", "beta", "gamma") == 9
    assert "hint: --keep-going builds the others; the reason" in capsys.readouterr().err
    assert not nix.asked
    assert run("build", "beta", "gamma", "--keep-going") == 9
    captured = capsys.readouterr()
    assert (
        "\ngamma    not tried: gamma is disabled: upstream is gone\n2 packages: 1 built, 1 not tried\n" in captured.out
    )
    assert captured.err.endswith("take `disabled` out when it is gone\n")
    assert run("build", "beta", "gamma", "--keep-going", "--json") == 9
    document = json.loads(capsys.readouterr().out)
    assert faults("build", document) == []
    assert [one["outcome"] for one in document["packages"]] == ["from the store", "not tried"]
    assert run("build", "beta", "gamma", "--keep-going", "--dry-run") == 9
    nix.failing = {"beta-wasm.built": failed("beta")}
    assert run("build", "beta", "gamma", "--keep-going") == 34
    assert run("build", "gamma", "--keep-going") == 9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name packages, or say --all, --set SET or --changed-since REV"),
        (("./x", "--all"), "a project is built alone"),
        (("./x", "--dry-run"), "a project is built alone"),
        (("--without", "long"), "name packages"),
    ],
)
def test_odd_selections_are_refused(
    nix: FakeNix, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
):
    assert run("build", *arguments) == 2
    assert message in capsys.readouterr().err
    assert not nix.asked


def test_with_keep_going_a_source_that_is_gone_stops_its_packages_only(
    nix: FakeNix, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def gone(*_: object, **__: object) -> None:
        message = "the mirrors no longer have x"
        raise PinUnavailable(message)

    monkeypatch.setattr(build, "fetch_for", gone)
    assert run("build", "gamma") == 21
    assert not nix.asked
    assert run("build", "gamma", "--keep-going") == 0
    assert capsys.readouterr().err.count("the mirrors no longer have x") == 2


def test_what_is_wrong_with_the_store_is_worse_than_a_build(nix: FakeNix):
    nix.failing = {"beta-wasm.built": failed("beta"), "gamma-wasm": StoreCorrupted("damaged")}
    assert run("build", "--all", "--keep-going") == 35


def test_sets_are_those_of_the_recipes(nix: FakeNix, capsys: pytest.CaptureFixture[str]):
    path = paths.project_root() / "pkgs/gamma/recipe.toml"
    path.write_text(path.read_text().replace("[source]", 'sets = ["long"]\n[source]'))
    run("generate")
    capsys.readouterr()
    assert run("build", "--all", "--without", "long", "--json") == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["packages"]] == ["beta", "alpha"]
    assert run("build", "--set", "long") == 0
    assert capsys.readouterr().out.startswith("gamma: built and imported")
    assert nix.asked[0] == "gamma-wasm"


@pytest.mark.usefixtures("nix")
@pytest.mark.parametrize("command", [["build"], ["build", "--dry-run"], ["test"], ["repro"], ["shell"]])
@pytest.mark.parametrize("edited", ["alpha", "beta"])
def test_nothing_is_built_from_other_than_the_recipes(
    tmp_path: Path, command: list[str], edited: str, capsys: pytest.CaptureFixture[str]
):
    recipe = tmp_path / "pkgs" / edited / "recipe.toml"
    recipe.write_text(f'{recipe.read_text()}\n[build]\ncflags = ["-DX"]\n')
    assert run(*command, "alpha") == 14
    assert f"pkgs/{edited}/package.nix: differs" in capsys.readouterr().err


def test_link_that_cannot_be_made_is_told_before_anything_is_built(nix: FakeNix, tmp_path: Path):
    assert run("build", "beta", "--out-link", str(tmp_path)) == 2
    assert not (nix.store / "beta-wasm").exists()
