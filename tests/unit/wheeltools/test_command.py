from __future__ import annotations

import argparse
import errno
import os
from typing import TYPE_CHECKING, NoReturn

import pytest

from wasmwright.failure import WasmwrightError
from wasmwright.wheeltools import buildwheel, testwheel
from wasmwright.wheeltools.command import assignment, folder_of_wheels, program
from wasmwright.wheeltools.errors import FolderRefused, NoWorkSpace

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def raising(error: BaseException) -> int:
    def main() -> NoReturn:
        raise error

    return program(main)


def test_errors_become_text_and_an_exit_code(capsys: pytest.CaptureFixture[str]):
    assert raising(FolderRefused("no", hint="do this")) == FolderRefused.exit_code
    assert capsys.readouterr().err == "error: no\n  hint: do this\n"


def test_a_full_disk_has_a_code_of_its_own(capsys: pytest.CaptureFixture[str]):
    assert raising(OSError(errno.ENOSPC, "No space left on device", "/tmp/x")) == NoWorkSpace.exit_code
    assert "/tmp/x: no space is left" in capsys.readouterr().err
    assert raising(OSError(errno.EIO, "Input/output error", "/x")) == WasmwrightError.exit_code


def test_an_interruption_ends_as_shells_expect(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "getpgrp", lambda: 0)
    assert raising(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_words_of_options(tmp_path: Path):
    assert assignment("A=b=c") == ("A", "b=c")
    for text in ("A", "=b"):
        with pytest.raises(argparse.ArgumentTypeError, match="NAME=VALUE"):
            assignment(text)
    assert folder_of_wheels(str(tmp_path)) == tmp_path
    with pytest.raises(argparse.ArgumentTypeError, match="is no folder"):
        folder_of_wheels(str(tmp_path / "none"))


@pytest.mark.parametrize("module", [buildwheel, testwheel])
def test_help_has_examples_and_exit_codes(module: ModuleType, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        module.main(["settings.json", "--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "examples:\n  docker run --rm" in text
    assert "exit codes: 0" in text


def test_the_time_of_the_sources_is_a_number():
    assert (buildwheel.source_date(""), buildwheel.source_date("1700000000")) == (315532800, 1700000000)
    with pytest.raises(WasmwrightError, match="SOURCE_DATE_EPOCH is 'today'"):
        buildwheel.source_date("today")
