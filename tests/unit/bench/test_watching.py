from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.bench import watching
from wasmwright.process import Completed, ProgramFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_streaming(
        command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, on_stderr_line: Callable[[str], None]
    ) -> Completed:
        assert (env, cwd) == ({"A": "1"}, Path("/"))
        for line in ("bench: 1000 elements", "a warning", "bench: 100000 elements", "runtime: died"):
            on_stderr_line(line)
        return Completed(command=tuple(map(str, command)), returncode=int(command[0]), stdout="out", stderr="")  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "run_streaming", run_streaming)


@pytest.mark.usefixtures("program")
def test_progress_is_told_and_the_rest_kept(capsys: pytest.CaptureFixture[str]):
    done = watching.watched(["0"], env={"A": "1"}, cwd=Path("/"))
    assert capsys.readouterr().err == "  1000 elements\n  100000 elements\n"
    assert (done.stdout, done.stderr) == ("out", "a warning\nruntime: died")


@pytest.mark.usefixtures("program")
def test_a_failure_is_an_error_if_it_is_to_be_checked():
    assert watching.watched(["7"], env={"A": "1"}, cwd=Path("/"), check=False).returncode == 7
    with pytest.raises(ProgramFailed, match="ended with exit code 7"):
        watching.watched(["7"], env={"A": "1"}, cwd=Path("/"))
