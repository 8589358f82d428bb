from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_json, try_cases
from rich.console import Console

from wasmwright.cli.buildview import LiveView, PlainView
from wasmwright.nixwatch import Watch
from wasmwright.plaintext import visible
from wasmwright.progress import Ending, Line, Message, Over, Running, Started, Tracker, Waiting

if TYPE_CHECKING:
    import random

RECORDED = Path(__file__).parents[2] / "fixtures/nix"
PATH = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"


@dataclass(kw_only=True)
class Told:
    now: float = 0.0
    lines: list[str] = field(default_factory=list)

    def view(self, *, verbose: bool = False) -> PlainView:
        return PlainView(verbose=verbose, write=self.lines.append, clock=lambda: self.now)


def tracker_with(last: str = "") -> Tracker:
    return Tracker(running={PATH: Running(path=PATH, since=0.0, last=last)}, started=1, done=1, expected=3)


def test_plain_tells_start_and_end():
    told = Told()
    view = told.view()
    view.changed(tracker_with(), Started(path=PATH))
    view.changed(tracker_with(), Over(path=PATH, seconds=112.0, ending=Ending.BUILT))
    view.changed(tracker_with(), Over(path=PATH, seconds=1.0, ending=Ending.FAILED))
    view.changed(tracker_with(), Over(path=PATH, seconds=1.0, ending=Ending.STOPPED))
    assert told.lines == [
        "building numpy-2.5.5-wheel",
        "built    numpy-2.5.5-wheel (1 min 52 s), 1 of 3",
        "failed   numpy-2.5.5-wheel (1.0 s), 1 of 3",
        "stopped  numpy-2.5.5-wheel (1.0 s), 1 of 3",
    ]


def test_a_copy_is_not_told_as_a_build():
    told = Told()
    view = told.view()
    view.changed(tracker_with(), Started(path=PATH.removesuffix(".drv")))
    view.changed(tracker_with(), Over(path=PATH.removesuffix(".drv"), seconds=1.0))
    assert told.lines == ["copying  numpy-2.5.5-wheel"]


def test_plain_tells_every_half_minute_that_it_lives():
    told = Told()
    view = told.view()
    view.changed(tracker_with("[3/902] Compiling"), Started(path=PATH))
    for told.now in (29.0, 30.0, 31.0, 59.0, 60.0):
        view.tick()
    assert told.lines[1:] == [
        "still building numpy-2.5.5-wheel (30 s): [3/902] Compiling",
        "still building numpy-2.5.5-wheel (1 min 00 s): [3/902] Compiling",
    ]


def test_plain_tells_once_for_whom_it_waits():
    told = Told()
    view = told.view()
    for _ in range(2):
        view.changed(tracker_with(), Waiting(path=PATH.removesuffix(".drv")))
    assert told.lines == ["waiting for numpy-2.5.5-wheel, which another Nix builds"]


def test_plain_shows_the_beginning_of_a_long_command():
    told = Told()
    view = told.view()
    view.changed(tracker_with("emcc -c " + 100 * "a.c "), Started(path=PATH))
    for told.now in (0.0, 30.0):
        view.tick()
    (line,) = told.lines[1:]
    assert line.startswith("still building numpy-2.5.5-wheel (30 s): emcc -c a.c a.c")
    assert line.endswith("...")
    assert len(line) < 150


def test_plain_streams_logs_only_when_asked():
    quiet, loud = Told(), Told()
    for told, verbose in ((quiet, False), (loud, True)):
        told.view(verbose=verbose).changed(tracker_with(), Line(path=PATH, text="cc -O2"))
    assert quiet.lines == []
    assert loud.lines == ["numpy-2.5.5-wheel> cc -O2"]


def test_plain_passes_warnings_on():
    told = Told()
    told.view().changed(tracker_with(), Message(text="warning: hm", level=1))
    told.view().changed(tracker_with(), Message(text="warning: two\nlines", level=1))
    told.view().changed(tracker_with(), Message(text="evaluating"))
    assert told.lines == ["warning: hm", "warning: two\n  lines"]


@pytest.mark.parametrize("level", [0, 1])
def test_what_a_builder_has_nix_say_is_said_in_its_name(level: int):
    told = Told()
    text = "warning: your toolchain is old\nhint: run this"
    told.view().changed(tracker_with(), Message(text=text, level=level, during=(PATH,)))
    told.view().changed(tracker_with(), Message(text=text, level=level, during=(PATH, PATH)))
    told.view().changed(tracker_with(), Message(text="error: no", level=0, during=(PATH,)))
    told.view(verbose=True).changed(tracker_with(), Message(text="error: no", level=0, during=(PATH,)))
    assert told.lines == [
        "numpy-2.5.5-wheel> warning: your toolchain is old\nnumpy-2.5.5-wheel> hint: run this",
        "one of the builds> warning: your toolchain is old\none of the builds> hint: run this",
        "numpy-2.5.5-wheel> error: no",
    ]


def test_live_table_fits_its_terminal():
    view = LiveView()
    view.changed(tracker_with("a very long line " * 20), None)
    out = io.StringIO()
    Console(file=out, width=60, color_system=None).print(view)
    lines = out.getvalue().splitlines()
    assert lines[0] == "1 of 3 built, 1 running"
    assert lines[1].startswith("  numpy-2.5.5-wheel ")
    assert len(lines) == 2
    assert all(len(line) <= 60 for line in lines)


def test_live_table_counts_what_it_does_not_show():
    view = LiveView()
    running = {f"{PATH}{n}": Running(path=f"{PATH}{n}", since=0.0) for n in range(11)}
    view.changed(Tracker(running=running, started=11), None)
    out = io.StringIO()
    Console(file=out, width=80, color_system=None).print(view)
    assert out.getvalue().splitlines()[-1] == "  and 3 more"


@few_or_many
def test_any_lines_are_shown_and_do_no_harm(tmp_path: Path, cases: Cases):
    files = [file.read_text().splitlines() for file in sorted(RECORDED.glob("*.log"))]
    values = [json.loads(one.removeprefix("@nix ")) for lines in files for one in lines if one.startswith("@nix ")]

    def make(rng: random.Random) -> list[str]:
        lines = list(rng.choice(files))
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(lines))
            lines[at : at + rng.randrange(2)] = [f"@nix {mutated_json(rng, values)}"]
        return lines

    def target(lines: list[str]) -> None:
        told = Told()
        live, out = LiveView(), io.StringIO()
        watch = Watch(
            logs=tmp_path, progress=told.view(verbose=True), without_output=lambda paths: frozenset(list(paths)[:1])
        )
        for line in lines:
            watch.line(line)
        live.changed(watch.tracker, None)
        Console(file=out, width=60, color_system=None).print(live)
        watch.finish(succeeded=False)
        watch._logs.close()
        for text in (*told.lines, *out.getvalue().splitlines()):
            assert text == visible(text)
        assert all(line.startswith("  ") or "> " in line for text in told.lines for line in text.split("\n")[1:])

    try_cases(target, make, cases)
