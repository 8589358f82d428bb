from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from wasmwright.cli import main
from wasmwright.cli.options import build_options, profile_option, target_options
from wasmwright.cli.session import BuildOptions
from wasmwright.lock.profile import default_profile

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout

ROOT = Path(__file__).parents[3]
DEFAULT = default_profile(ROOT)


@pytest.fixture(autouse=True)
def _no_profile_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WASMWRIGHT_PROFILE", raising=False)


def chosen(*arguments: str) -> str:
    """The profile of the checkout that a command with `--profile` is called with."""
    given: list[Checkout] = []

    @click.command
    @profile_option
    def command(*, checkout: Checkout) -> None:
        given.append(checkout)

    command(list(arguments), standalone_mode=False)
    (checkout,) = given
    assert checkout.root == ROOT
    return checkout.profile


def test_default_profile_is_the_checkouts():
    assert chosen() == DEFAULT


@pytest.mark.parametrize("text", ["pyemscripten_2026_5", "2026_5"])
def test_part_of_a_name_will_do(text: str):
    assert chosen("--profile", text) == "pyemscripten_2026_5"


def test_environment_names_the_profile_and_the_option_is_stronger(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "2026_5")
    assert chosen() == "pyemscripten_2026_5"
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "nonsense")
    assert chosen("--profile", "2026_5") == "pyemscripten_2026_5"


@pytest.mark.parametrize("profile", [[], ["--profile", "2026_5"]])
def test_engines_without_vectors_have_builds_of_their_own(profile: list[str]):
    given: list[Checkout] = []

    @click.command
    @target_options
    def command(*, checkout: Checkout) -> None:
        given.append(checkout)

    for arguments in (profile, [*profile, "--no-simd"], ["--no-simd", *profile]):
        command(arguments, standalone_mode=False)
    usual, *others = given
    assert usual.attribute("zlib") == f".#{usual.profile}.zlib-wasm"
    for other in others:
        assert other.profile == usual.profile
        assert other.attribute("zlib") == f".#withoutSimd.{usual.profile}.zlib-wasm"
        assert other.state not in {usual.state, usual.common_state}
        assert "simd = false;" in other.scope().expression


def test_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "")
    assert chosen() == DEFAULT


@pytest.mark.parametrize("arguments", [["build", "numpy"], ["fetch", "numpy"], ["audit", "/nix"]])
def test_empty_profile_is_not_the_default(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--profile", ""])
    assert caught.value.code == 16
    assert "there is no profile ``" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "numpy"],
        ["test", "numpy"],
        ["repro", "numpy"],
        ["bench", "linalg"],
        ["fetch", "numpy"],
        ["audit", "/nix"],
    ],
)
def test_unknown_profile_is_refused_with_the_known_ones(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--profile", "zzz"])
    captured = capsys.readouterr()
    assert caught.value.code == 16
    assert "there is no profile `zzz`" in captured.err
    assert DEFAULT in captured.err


def test_options_of_a_build_come_as_one():
    given: list[BuildOptions] = []

    @click.command
    @build_options
    def command(*, options: BuildOptions) -> None:
        given.append(options)

    for arguments in ([], ["--jobs", "3", "--no-sandbox", "-v"]):
        command(arguments, standalone_mode=False)
    assert given == [
        BuildOptions(jobs=None, sandbox=True, verbose=False),
        BuildOptions(jobs=3, sandbox=False, verbose=True),
    ]
