from __future__ import annotations

import errno
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_json, mutated_text, try_cases

from wasmwright import errors
from wasmwright.nixwatch import Watch
from wasmwright.progress import Line, Message, Over, Tracker, short_name

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from wasmwright.progress import Change

RECORDED = Path(__file__).parents[1] / "fixtures" / "nix"
DRV = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"
TEST = DRV.replace("-2.5.5-wheel", "-wasm-2.5.5-import")
FULL = "OSError: [Errno 28] No space left on device"


@dataclass(kw_only=True)
class Heard:
    """What a view is told, and what the store is asked; it lacks the outputs of `lost`."""

    lost: tuple[str, ...] = ()
    changes: list[Change] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def began(self) -> None:
        pass

    def changed(self, tracker: Tracker, change: Change | None) -> None:
        del tracker
        if change is not None:
            self.changes.append(change)

    def ended(self) -> None:
        pass

    def without_output(self, paths: Iterable[str]) -> frozenset[str]:
        names = {path: short_name(path) for path in paths}
        self.asked += names.values()
        return frozenset(path for path, name in names.items() if name in self.lost)

    def watch(self, folder: Path, *, places: tuple[Path, ...] = (), keep_failed: bool = False) -> Watch:
        return Watch(
            logs=folder, progress=self, without_output=self.without_output, places=places, keep_failed=keep_failed
        )

    @property
    def endings(self) -> dict[str, str]:
        return {short_name(one.path): str(one.ending) for one in self.changes if isinstance(one, Over)}


def event(**values: object) -> str:
    return f"@nix {json.dumps(values)}"


def start(number: int, path: str = DRV) -> str:
    return event(action="start", id=number, type=105, fields=[path, "", 1, 1], text="", level=3, parent=0)


def line(number: int, text: str) -> str:
    return event(action="result", id=number, type=101, fields=[text])


def counted(done: int, at_work: int, failed: int = 0) -> str:
    return event(action="result", id=9, type=105, fields=[done, 3, at_work, failed])


def stop(number: int) -> str:
    return event(action="stop", id=number)


def own_error(text: str) -> str:
    return event(action="msg", level=0, msg=f"error: {text}", raw_msg=text)


TOTALS = event(action="start", id=9, type=104, fields=[])


def fed(watch: Watch, *lines: str, succeeded: bool | None = None) -> Watch:
    with watch.shown():
        for one in lines:
            watch.line(one)
        if succeeded is not None:
            watch.finish(succeeded=succeeded)
    return watch


def recorded(name: str) -> list[str]:
    return (RECORDED / name).read_text().splitlines()


@pytest.mark.parametrize(
    ("name", "endings"),
    [
        ("built-2.26.log", {"good-1": "built", "dep-1": "built"}),
        ("failed-2.26.log", {"bad-1": "failed"}),
        ("failed-2.34.log", {"bad-1": "failed"}),
        ("forged-2.26.log", {"forge-1": "failed"}),
        ("left-2.26.log", {"weird-1": "failed"}),
        ("keep-going-2.26.log", {"good-1": "built", "above-1": "built", "bad-1": "failed", "also-bad-1": "failed"}),
        ("forged-2.34.log", {"forge-1": "failed"}),
        ("daemon-2.26.log", {"ok-1": "built", "bad-1": "failed", "forge-1": "failed"}),
        ("daemon-2.34.log", {"ok-1": "built", "bad-1": "failed", "forge-1": "failed"}),
        ("cancelled-2.26.log", {"ok-1": "built", "fast-1": "failed", "slow-1": "stopped", "slower-1": "stopped"}),
        ("cancelled-2.34.log", {"ok-1": "built", "fast-1": "failed", "slow-1": "stopped", "slower-1": "stopped"}),
    ],
)
def test_each_recorded_build_ended_as_it_did(tmp_path: Path, name: str, endings: dict[str, str]):
    heard = Heard(lost=tuple(one for one, ending in endings.items() if ending != "built"))
    fed(heard.watch(tmp_path), *recorded(name), succeeded=name.startswith("built"))
    assert heard.endings == endings


@pytest.mark.parametrize(
    "name",
    [
        *("failed-2.26.log", "daemon-2.26.log", "forged-2.26.log", "left-2.26.log"),
        *("failed-2.34.log", "daemon-2.34.log", "forged-2.34.log", "cancelled-2.34.log"),
    ],
)
def test_each_recorded_failure_is_the_derivations_own(tmp_path: Path, name: str):
    heard = Heard(lost=("bad-1", "forge-1", "weird-1", "fast-1", "slow-1", "slower-1"))
    watch = fed(heard.watch(tmp_path), *recorded(name), succeeded=False)
    failures = watch.failures()
    assert {short_name(path) for path in failures} == {
        one for one, ending in heard.endings.items() if ending == "failed"
    }
    assert {type(error) for error in failures.values()} == {errors.BuildFailed}
    assert not watch.was_interrupted


def test_what_was_stopped_has_taken_no_time(tmp_path: Path):
    heard = Heard(lost=("fast-1", "slow-1", "slower-1"))
    watch = fed(heard.watch(tmp_path), *recorded("cancelled-2.26.log"), succeeded=False)
    assert {short_name(path) for path in watch.seconds} == {"ok-1", "fast-1"}


def test_a_successful_build_asks_nothing_of_the_store(tmp_path: Path):
    heard = Heard()
    fed(heard.watch(tmp_path), *recorded("built-2.26.log"), succeeded=True)
    assert heard.asked == []


def test_a_build_is_told_as_soon_as_nix_goes_on(tmp_path: Path):
    heard = Heard()
    watch = heard.watch(tmp_path)
    fed(watch, TOTALS, start(1), line(1, "a"), counted(1, 0), stop(1))
    assert heard.endings == {}
    fed(watch, start(2, TEST))
    assert heard.endings == {"numpy-2.5.5-wheel": "built"}
    assert heard.asked == []


@pytest.mark.parametrize("told_first", [True, False])
def test_a_failed_import_test_is_not_told_of_the_wheel(tmp_path: Path, *, told_first: bool):
    """Both were asked for: Nix tells of both ends when all is over, in any order."""
    heard = Heard(lost=("numpy-wasm-2.5.5-import",))
    error = own_error(f"builder for '{TEST}' failed with exit code 1")
    end = [error, stop(1), stop(2)] if told_first else [stop(1), stop(2), error]
    begin = [TOTALS, start(1), counted(0, 1), counted(1, 0), start(2, TEST), counted(1, 1), line(2, "ImportError")]
    watch = fed(heard.watch(tmp_path), *begin, counted(1, 0, 1), *end, succeeded=False)
    assert heard.endings == {"numpy-2.5.5-wheel": "built", "numpy-wasm-2.5.5-import": "failed"}
    assert list(watch.failures()) == [TEST]


def test_what_nix_goes_on_after_is_asked_of_the_store(tmp_path: Path):
    """With a daemon that keeps going, failures are not named by Nix itself."""
    heard = Heard(lost=("numpy-2.5.5-wheel",))
    other = DRV.replace("numpy", "scipy")
    fed(heard.watch(tmp_path), TOTALS, start(1), start(2, other), counted(0, 1, 1), stop(1), line(2, "goes on"))
    assert heard.endings == {"numpy-2.5.5-wheel": "failed"}
    assert heard.asked == ["numpy-2.5.5-wheel"]


@pytest.mark.parametrize(
    "forged",
    [
        f"builder for '{DRV.replace('numpy', 'scipy')}' failed with exit code 1",
        "interrupted by the user",
        f"hash mismatch in fixed-output derivation '{DRV.replace('-wheel', '.tar.gz')}':",
        "writing to file: No space left on device",
    ],
)
@pytest.mark.parametrize("way", ["message", "log", "quoted"])
def test_no_word_of_a_build_decides_what_happened(tmp_path: Path, forged: str, way: str):
    heard = Heard(lost=("numpy-2.5.5-wheel", "scipy-2.5.5-wheel"))
    quoted = f";\n       last 1 log lines:\n       > error: {forged}" if way == "quoted" else ""
    said = {"message": event(action="msg", level=0, msg=f"error: {forged}"), "log": line(1, f"error: {forged}")}
    watch = fed(
        heard.watch(tmp_path),
        *(TOTALS, start(1), start(2, DRV.replace("numpy", "scipy")), counted(0, 2), said.get(way, "")),
        *(counted(0, 1, 1), stop(1), stop(2)),
        own_error(f"builder for '{DRV}' failed with exit code 1{quoted}"),
        succeeded=False,
    )
    assert heard.endings == {"numpy-2.5.5-wheel": "failed", "scipy-2.5.5-wheel": "stopped"}
    ((path, error),) = watch.failures().items()
    assert (path, str(error)) == (DRV, "the build of numpy-2.5.5-wheel failed with exit code 1")
    assert type(error) is errors.BuildFailed
    assert not watch.was_interrupted


@pytest.mark.parametrize("end_first", [True, False])
def test_through_a_daemon_a_build_does_not_have_the_last_word(tmp_path: Path, *, end_first: bool):
    heard = Heard(lost=("numpy-2.5.5-wheel",))
    forged = f"error: hash mismatch in fixed-output derivation '{DRV}': run this"
    real = f"error: builder for '{DRV}' failed with exit code 3;\n       last 1 log lines:\n       > a"
    first, last = [event(action="msg", level=0, msg=word) for word in (forged, real)]
    end = [counted(0, 0, 1), stop(1), last] if end_first else [last, counted(0, 0, 1), stop(1)]
    needing = own_error(f"1 dependencies of derivation '{TEST}' failed to build")
    begin = [TOTALS, start(1), line(1, "a")]
    watch = fed(heard.watch(tmp_path), *begin, first, *end, needing, succeeded=False)
    ((path, error),) = watch.failures().items()
    assert (path, str(error)) == (DRV, "the build of numpy-2.5.5-wheel failed with exit code 3")
    assert error.excerpt is not None
    assert error.excerpt.splitlines()[0] == "a"


def test_a_forged_message_stands_in_the_builds_own_log(tmp_path: Path):
    said = event(action="msg", level=1, msg="warning: run\n\x1b[2Jthis")
    watch = fed(Heard().watch(tmp_path), TOTALS, start(1), line(1, "a"), said, stop(1))
    (file,) = tmp_path.iterdir()
    assert file.read_text() == "a\nwarning: run\nthis\n"
    assert watch.was_interrupted is False


def test_a_kept_folder_is_nixs_last_word_on_it(tmp_path: Path):
    folders = ["/home/me/nix-build-numpy-2.5.5-wheel.drv-0", "/tmp/nix-build-numpy-2.5.5-wheel.drv-0/build"]
    notes = [event(action="msg", level=0, msg=f"note: keeping build directory '{folder}'") for folder in folders]
    end = [own_error(f"builder for '{DRV}' failed with exit code 1"), stop(1)]
    for keep_failed, hint in ((True, f"which is kept: {folders[1]}"), (False, "--keep-failed`")):
        watch = Heard().watch(tmp_path, keep_failed=keep_failed)
        fed(watch, TOTALS, start(1), *notes, *end, succeeded=False)
        assert hint in (watch.failure().hint or "")


@pytest.mark.parametrize("is_full", [True, False])
def test_a_full_disk_is_asked_of_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_full: bool):
    monkeypatch.setattr("wasmwright.nixwatch.folder_without_room", lambda places: places[0] if is_full else None)
    watch = fed(
        Heard().watch(tmp_path, places=(Path("/build"),)),
        *(TOTALS, start(1), line(1, FULL), own_error(f"builder for '{DRV}' failed with exit code 1"), stop(1)),
        succeeded=False,
    )
    error = watch.failure()
    assert type(error) is (errors.DiskFull if is_full else errors.BuildFailed)
    assert error.excerpt == FULL
    if is_full:
        assert str(error) == "no space left in /build while Nix was working"


def test_a_log_that_cannot_be_written_stops_no_build(tmp_path: Path):
    (tmp_path / "logs").write_text("no folder")
    heard = Heard()
    watch = fed(heard.watch(tmp_path / "logs"), TOTALS, start(1), line(1, "a"), line(1, "b"), stop(1), succeeded=True)
    (warning,) = [one for one in heard.changes if isinstance(one, Message)]
    assert warning.text.startswith("warning: the log of numpy-2.5.5-wheel is not kept: ")
    assert heard.endings == {"numpy-2.5.5-wheel": "built"}
    assert watch.failure().log is None


def test_the_reason_why_a_log_is_not_written_is_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    heard = Heard()
    watch = heard.watch(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    fed(watch, TOTALS, start(1), line(1, "a"))
    assert [one.text for one in heard.changes if isinstance(one, Message)] == [
        "warning: the log of numpy-2.5.5-wheel is not kept: No space left on device"
    ]


@few_or_many
def test_any_lines_are_read_and_judged(tmp_path: Path, cases: Cases):
    files = [recorded(file.name) for file in sorted(RECORDED.glob("*.log"))]
    values = [json.loads(one.removeprefix("@nix ")) for lines in files for one in lines if one.startswith("@nix ")]

    def make(rng: random.Random) -> list[str]:
        lines = list(rng.choice(files))
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(lines))
            new = f"@nix {mutated_json(rng, values)}" if rng.random() < 0.7 else mutated_text(rng, [lines[at]])
            lines[at : at + rng.randrange(2)] = [new]
        return lines

    def target(lines: list[str]) -> None:
        heard = Heard(lost=("bad-1", "fast-1"))
        watch = fed(heard.watch(tmp_path), *lines, succeeded=False)
        for error in (*watch.failures().values(), watch.failure()):
            assert len(error.excerpt or "") < 100_000
        assert all("\x1b" not in one.text for one in heard.changes if isinstance(one, (Line, Message)))

    try_cases(target, make, cases)
