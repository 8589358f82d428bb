from __future__ import annotations

import importlib

import pytest
import requests  # noqa: F401 - looks for IPv6 when it is first imported, which a test must not do

from wasmwright import cli


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_listed_command_exists_and_has_examples(name: str):
    command = cli.load_command(name)
    assert command.help
    assert "Example" in (command.epilog or "")


def test_help_lists_all_commands_without_importing_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(importlib, "import_module", lambda name: pytest.fail(f"{name} was imported"))
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--help"])
    assert exit_.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in cli.COMMANDS)
    assert "./wasmwright build numpy" in shown


@pytest.mark.parametrize(("typed", "meant"), [("biuld", "build"), ("docter", "doctor")])
def test_unknown_command_names_nearest(typed: str, meant: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as exit_:
        cli.main([typed, "numpy"])
    assert exit_.value.code == 2
    captured = capsys.readouterr()
    assert f"error: there is no command `{typed}`; did you mean `{meant}`?" in captured.err
    assert not captured.out


def test_unknown_command_like_no_other_lists_all(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        cli.main(["zzzzzz"])
    assert "the commands: build, test" in capsys.readouterr().err


def test_wrong_option_is_told_with_the_way_to_help(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["build", "--nope", "numpy"])
    assert exit_.value.code == 2
    assert "hint: `./wasmwright build --help` lists what it takes" in capsys.readouterr().err


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as exit_:
        cli.main([])
    assert exit_.value.code == 2
    assert "Commands:" in capsys.readouterr().out


def test_version_is_shown(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("wasmwright, version ")
