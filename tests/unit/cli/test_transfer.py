from __future__ import annotations

from wasmwright.cli.transfer import Lines


def test_lines_come_every_few_seconds():
    lines: list[str] = []
    now = [0.0]
    progress = Lines(lines.append, lambda: now[0])
    progress.start(files=2, size=4_000_000)
    for _ in range(4):
        now[0] += 2
        progress.advance(1_000_000)
    progress.finished("a")
    progress.end()
    assert lines == [
        "fetching 2 sources, 4.0 MB",
        "fetched 3.0 MB of 4.0 MB, 0 of 2 sources",
        "fetched 1 of 2 sources",
    ]
