"""Odd command lines and odd variables: each is refused in words, or done, and none is a fault of wasmwright."""

from __future__ import annotations

import contextlib
import io
import os
import socket
from typing import TYPE_CHECKING, NoReturn

import click
import pytest
from fuzz import Cases, few_or_many, mutated_toml, odd_text, try_cases
from toolchain_writer import write_toolchain

from wasmwright import cli, paths, process
from wasmwright.config import load_config
from wasmwright.errors import InternalError, NoMirror
from wasmwright.nixenv import find
from wasmwright.process import ProgramMissing

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("alpha", "beta", "gamma", "al*", "Alpha", ".", "./project", "-", "--", "x.whl", "a" * 300, "1" * 5000, "é")
VALUES = (*NAMES, "0", "1", "-1", "9" * 30, "1e9", "2026_5", "2026", "small", "HEAD", "blas", "linalg", "all")
VARIABLES = (
    *("WASMWRIGHT_PROFILE", "WASMWRIGHT_NIX", "WASMWRIGHT_NO_SANDBOX", "WASMWRIGHT_CONFIG", "WASMWRIGHT_PYPI_INDEX"),
    *("WASMWRIGHT_DEBIAN_MIRRORS", "WASMWRIGHT_NPM_REGISTRY", "WASMWRIGHT_GITHUB_ARCHIVES", "WASMWRIGHT_STATE"),
    *("WASMWRIGHT_TARBALLS", "WASMWRIGHT_CACHE", "WASMWRIGHT_DATA", "NIX_CONFIG", "NO_COLOR", "TMPDIR", "PATH"),
    *("COLUMNS", "LINES"),
)
SETTINGS = (
    '[mirrors]\npypi = "http://mirror.test/simple"\ndebian = ["http://mirror.test/debian"]\nnpm = "http://mirror.test/npm"\n',
    '[mirrors]\ngithub = "http://forge.test/{owner}/{repo}/{rev}.tar.gz"\n',
)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add_package: Callable[..., None]) -> Path:
    """A checkout of three packages on a machine without any program, registry, Nix or address."""
    write_toolchain(tmp_path)
    add_package(tmp_path, "alpha", run="beta")
    add_package(tmp_path, "beta")
    add_package(tmp_path, "gamma")
    (tmp_path / "pkgs/gamma/recipe.toml").write_text("no recipe")
    (tmp_path / "x.whl").write_text("no wheel")
    (tmp_path / "project").mkdir()
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)

    def no_program(program: str, _env: object) -> NoReturn:
        message = f"the program `{program}` is not installed"
        raise ProgramMissing(message)

    def nothing(*_arguments: object, **_options: object) -> NoReturn:
        message = "this machine has none"
        raise NoMirror(message)

    monkeypatch.setattr(process, "_resolve", no_program)
    monkeypatch.setattr(find, "ensure_store", nothing)
    monkeypatch.setattr(cli, "leave", _leave)
    monkeypatch.setattr(socket, "getaddrinfo", _no_address)
    for name in ("lock", "ready", "project", "update"):
        monkeypatch.setattr(f"wasmwright.cli.{name}.this_machines_registries", nothing)
    return tmp_path


def _leave(code: int) -> NoReturn:
    raise SystemExit(code)


def _no_address(*_: object, **_options: object) -> NoReturn:
    raise socket.gaierror


@few_or_many
def test_command_lines(checkout: Path, cases: Cases, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(checkout)
    try_cases(_run, _command_line, cases)


@few_or_many
def test_variables(checkout: Path, cases: Cases, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(checkout)
    before = dict(os.environ)

    def run(variables: dict[str, str]) -> None:
        try:
            os.environ.update(variables)
            _run(["build", "beta"])
            _run(["fetch", "beta"])
        finally:
            os.environ.clear()
            os.environ.update(before)

    try_cases(run, _variables, cases)


@few_or_many
def test_settings(cases: Cases, tmp_path: Path):
    def load(case: tuple[dict[str, str], str]) -> None:
        variables, text = case
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        load_config({**variables, "WASMWRIGHT_CONFIG": str(file)})

    def make(rng: random.Random) -> tuple[dict[str, str], str]:
        return _variables(rng), mutated_toml(rng, SETTINGS)

    try_cases(load, make, cases)


def _run(arguments: list[str]) -> None:
    said = io.StringIO()
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(arguments)
    assert ended.value.code != InternalError.exit_code, said.getvalue()


def _command_line(rng: random.Random) -> list[str]:
    name = rng.choice(list(cli.COMMANDS))
    command = cli.load_command(name)
    words = [name]
    for parameter in rng.sample(command.params, rng.randrange(len(command.params) + 1)):
        words += _argument(rng, parameter)
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words)), _word(rng))
    return words


def _argument(rng: random.Random, parameter: click.Parameter) -> list[str]:
    if isinstance(parameter, click.Option):
        option = rng.choice(parameter.opts)
        return [option] if parameter.is_flag else [option, _word(rng)]
    return [_word(rng) for _ in range(rng.choice([0, 1, 1, 1, 2, 5, 300 if rng.random() < 0.05 else 3]))]


def _word(rng: random.Random) -> str:
    """What can stand on a command line or in a variable: bytes of any kind, but no zero."""
    word = rng.choice([rng.choice(VALUES), odd_text(rng)]).encode(errors="replace")
    return os.fsdecode(word.replace(b"\0", b"\xff"))


def _variables(rng: random.Random) -> dict[str, str]:
    chosen = rng.sample(VARIABLES, rng.randrange(1, 5))
    # No folder outside that of the test.
    return {name: _word(rng).replace("/", "_").replace("..", "_") for name in chosen}
