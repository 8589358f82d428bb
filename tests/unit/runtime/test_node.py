from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.runtime.errors import RuntimeCrashed
from wasmwright.runtime.node import Runtime, command, execute
from wasmwright.spawn import Ended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def test_everything_of_the_runtime_is_on_the_command_line():
    runtime = Runtime(
        folder=Path("/runtime"),
        node=Path("/bin/node"),
        wheels=(Path("/a.whl"), Path("/b.whl")),
        mounts={Path("/host"): "/guest"},
        env={"X": "1"},
        watch=(Path("/lines"), 9),
        keep_memory=Path("/kept"),
        memory=Path("/memory"),
    )
    words = command(runtime, ["-c", "pass"])
    assert words[0] == "/bin/node"
    assert Path(words[1]).name == "run.mjs"
    assert words[2:] == [
        *("--runtime", "/runtime", "--wheel", "/a.whl", "--wheel", "/b.whl"),
        *("--mount", "/host:/guest", "--env", "X=1", "--watch", "/lines:9"),
        *("--keep-memory", "/kept", "--memory", "/memory", "--", "-c", "pass"),
    ]


def ending(code: int, stderr: str) -> Runtime:
    def start(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Ended:
        del command, env, cwd, check
        return Ended(returncode=code, stdout="", stderr=stderr)

    return Runtime(folder=Path("/runtime"), node=Path("/node"), start=start)


@pytest.mark.parametrize(
    ("code", "stderr", "told"),
    [
        (70, "Fatal\nruntime: the WebAssembly runtime died: unreachable\n", "could not go on"),
        (64, "runtime: x.zip is no wheel\n", "did not start"),
        (-9, "runtime: nothing happened for 9 s\n", "ended by signal 9"),
        (-6, "", "ended by signal 6"),
    ],
)
def test_death_of_the_runtime_is_an_error(code: int, stderr: str, told: str):
    with pytest.raises(RuntimeCrashed, match=told) as caught:
        execute(ending(code, stderr), ["-c", "pass"])
    assert caught.value.excerpt == stderr.strip()


def test_what_it_died_of_is_told_however_many_frames_there_are():
    frames = "".join(f"  File {number}\n" for number in range(60))
    with pytest.raises(RuntimeCrashed) as caught:
        execute(ending(70, f"warnings\nruntime: the WebAssembly runtime died: unreachable\n{frames}"), ["-c", "pass"])
    lines = (caught.value.excerpt or "").splitlines()
    assert lines[0] == "runtime: the WebAssembly runtime died: unreachable"
    assert len(lines) == 25


@pytest.mark.parametrize(("code", "stderr"), [(70, ""), (64, "usage\n"), (1, "runtime: says the program itself\n")])
def test_odd_ends_of_a_program_are_its_own(code: int, stderr: str):
    assert execute(ending(code, stderr), ["-c", "pass"]).exit_code == code
