from __future__ import annotations

from pathlib import Path

from wasmwright.runtime.node import Runtime, command


def test_everything_of_the_runtime_is_on_the_command_line():
    runtime = Runtime(
        folder=Path("/runtime"),
        node=Path("/bin/node"),
        wheels=(Path("/a.whl"), Path("/b.whl")),
        mounts={Path("/host"): "/guest"},
        env={"X": "1"},
    )
    words = command(runtime, ["-c", "pass"])
    assert words[0] == "/bin/node"
    assert Path(words[1]).name == "run.mjs"
    assert words[2:] == [
        *("--runtime", "/runtime", "--wheel", "/a.whl", "--wheel", "/b.whl"),
        *("--mount", "/host:/guest", "--env", "X=1", "--", "-c", "pass"),
    ]
