from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from wasmwright import errors
from wasmwright.cli.boundary import Signalled, as_known, guarded, show
from wasmwright.failure import WasmwrightError


def raising(error: BaseException) -> int:
    raise error


def test_error_shows_everything_and_its_code(capsys: pytest.CaptureFixture[str]):
    error = errors.BuildFailed("it broke", hint="mend it", log=Path("x.log"), excerpt="\x1b[31mone\ntwo")
    assert guarded(lambda: raising(error), debug=False) == 34
    captured = capsys.readouterr()
    assert captured.err == "error: it broke\n  | one\n  | two\nlog: x.log\nhint: mend it\n"
    assert not captured.out


def test_error_without_extras_is_one_line(capsys: pytest.CaptureFixture[str]):
    show(WasmwrightError("no"))
    assert capsys.readouterr().err == "error: no\n"


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (Signalled(signal.SIGTERM), 143), (Signalled(signal.SIGHUP), 129)]
)
def test_interruption_says_how_to_go_on(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]):
    assert guarded(lambda: raising(error), debug=False) == code
    assert capsys.readouterr().err == "interrupted; run the same command again to go on\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_is_known(number: int):
    known = as_known(OSError(number, os.strerror(number), "/some/file"))
    assert isinstance(known, errors.DiskFull)
    assert str(known) == "no space left for /some/file"


def test_what_this_user_may_not_do_names_the_file():
    known = as_known(PermissionError(errno.EACCES, "Permission denied", "/x"))
    assert isinstance(known, errors.AccessDenied)
    assert (str(known), known.hint) == ("Permission denied: /x", "let this user read and write there")


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_what_lies_in_a_folder_of_ours_may_lie_elsewhere(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_CACHE", str(tmp_path))
    known = as_known(OSError(number, os.strerror(number), str(tmp_path / "downloads/x")))
    assert f"or name another folder than {tmp_path} with WASMWRIGHT_CACHE" in str(known.hint)


def test_other_errors_of_files_are_no_fault_of_ours():
    known = as_known(OSError(errno.ELOOP, "Too many levels of symbolic links", "/x"))
    assert (str(known), known.exit_code) == ("Too many levels of symbolic links: /x", 1)


def test_unknown_exception_is_a_fault_of_ours(capsys: pytest.CaptureFixture[str]):
    assert guarded(lambda: raising(ValueError("odd")), debug=False) == 3
    err = capsys.readouterr().err
    assert err.startswith("error: a fault of wasmwright: ValueError: odd (")
    assert "Traceback" not in err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]):
    guarded(lambda: raising(WasmwrightError("no")), debug=True)
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "error: no" in err


def test_no_colours_where_nobody_watches(capsys: pytest.CaptureFixture[str]):
    show(WasmwrightError("no", hint="x"))
    assert "\x1b" not in capsys.readouterr().err
