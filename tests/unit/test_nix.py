from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from wasmwright import nix as nix_module
from wasmwright.errors import BuildFailed, NixFailed, NixUnavailable
from wasmwright.nix import Built, Nix, exactly_one
from wasmwright.nixoutcome import Derivation, Fate, Outcome, Results
from wasmwright.process import Completed
from wasmwright.progress import short_name

INTERRUPTED = '@nix {"action":"msg","level":0,"msg":"error: interrupted by the user","raw_msg":""}'
RECORDED = Path(__file__).parents[1] / "fixtures" / "nix"


def make(root: Path) -> Nix:
    return Nix(
        program=Path("/n/bin/nix"),
        version=(2, 26),
        private=True,
        config="",
        environment={"A": "b"},
        root=root,
        logs=root / "logs",
    )


class FakeProcess:
    def __init__(self, *, stdout: str = "", returncode: int = 0, stderr: str = "") -> None:
        self.commands: list[list[str]] = []
        self.stdout, self.returncode, self.stderr = stdout, returncode, stderr

    def run(self, command: list[str], **options: object) -> Completed:
        self.commands.append([str(word) for word in command])
        on_line = options.get("on_stderr_line")
        if callable(on_line):
            for line in self.stderr.splitlines():
                on_line(line)
        return Completed(command=(), returncode=self.returncode, stdout=self.stdout, stderr=self.stderr)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeProcess:
    process = FakeProcess()
    monkeypatch.setattr(nix_module, "run", process.run)
    monkeypatch.setattr(nix_module, "run_streaming", process.run)
    return process


def test_nothing_is_planned_for_nothing(fake: FakeProcess, tmp_path: Path):
    assert make(tmp_path).planned([]) == []
    assert fake.commands == []


def test_build_reads_derivations_and_store_paths(fake: FakeProcess, tmp_path: Path):
    fake.stdout = json.dumps([{"drvPath": "/d.drv", "outputs": {"out": "/o"}}, {"path": "/p"}])
    assert make(tmp_path).build([".#a", "/p"]) == [
        Built(drv_path="/d.drv", outputs={"out": "/o"}),
        Built(drv_path="", outputs={"out": "/p"}),
    ]
    command = fake.commands[0]
    assert command[:2] == ["/n/bin/nix", "build"]
    assert command[-2:] == [".#a", "/p"]
    assert "--no-link" in command
    assert "--rebuild" not in command


def test_failed_build_keeps_the_whole_log(fake: FakeProcess, tmp_path: Path):
    fake.stderr, fake.returncode = (RECORDED / "failed-2.26.log").read_text(), 1
    with pytest.raises(BuildFailed) as caught:
        make(tmp_path).build([".#above"])
    assert caught.value.log is not None
    assert caught.value.log.parent == tmp_path / "logs"
    assert caught.value.log.read_text() == "line 1\nline 2\nline 3\n"
    assert caught.value.excerpt == "line 1\nline 2\nline 3"


def test_interrupted_nix_is_an_interruption(fake: FakeProcess, tmp_path: Path):
    fake.stderr, fake.returncode = INTERRUPTED, 1
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path).build([".#a"])


def test_a_nix_that_was_killed_for_its_user_is_an_interruption(fake: FakeProcess, tmp_path: Path):
    fake.returncode = -15
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path).build([".#a"])


def test_failure_before_any_event_shows_what_was_printed(fake: FakeProcess, tmp_path: Path):
    fake.stderr, fake.returncode = "error: unrecognised flag '--new'", 1
    with pytest.raises(NixFailed, match="unrecognised flag"):
        make(tmp_path).build([".#a"])


@pytest.mark.parametrize(
    "printed",
    [
        *("", "no JSON", "[" * 100_000, "7", "[7]", "[{}]", '[{"outputs": []}]', '[{"outputs": {"out": 7}}]'),
        '[{"outputs": {"out": "/o"}, "startTime": "1", "stopTime": 2}]',
    ],
)
def test_what_no_nix_prints_is_told(fake: FakeProcess, tmp_path: Path, printed: str):
    fake.stdout = printed
    with pytest.raises(NixFailed, match="no answer of any known Nix"):
        make(tmp_path).build([".#a"])


KEPT_GOING = ("above", "bad", "needs-bad", "also-bad", "needs-both", "far-above")


class FakeStore(FakeProcess):
    """Answers as Nix did when the log was recorded."""

    def __init__(self, log: str, *, built: tuple[str, ...]) -> None:
        super().__init__(stderr=(RECORDED / log).read_text(), returncode=1)
        self.built = {f"/o/{name}" for name in built}
        self.drv_paths = {short_name(path): path for path in re.findall(r"/nix/store/[^' ]+?[.]drv", self.stderr)}
        self.has_run = False

    def derivations(self, *names: str) -> list[Derivation]:
        return [Derivation(drv_path=self.drv_paths[f"{name}-1"], outputs={"out": f"/o/{name}"}) for name in names]

    def run(self, command: list[str], **options: object) -> Completed:
        done = super().run(command, **options)
        words = self.commands[-1]
        if "build" in words:
            self.has_run = True
        if "--print-invalid" in words:
            invalid = [path for path in words[3:] if not self.has_run or path not in self.built]
            return Completed(command=(), returncode=0, stdout="\n".join(invalid), stderr="")
        if "--graph" in words:
            edges = [("good", "above"), ("bad", "needs-bad"), ("needs-bad", "far-above")]
            edges += [("bad", "needs-both"), ("also-bad", "needs-both")]
            names = [[Path(self.drv_paths[f"{name}-1"]).name for name in edge] for edge in edges]
            return Completed(
                command=(), returncode=0, stdout="".join(f'"{a}" -> "{b}" [color]\n' for a, b in names), stderr=""
            )
        return done


def recorded_results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, log: str, **options: bool) -> dict[str, str]:
    store = FakeStore(log, built=("good", "above") if "keep" in log else ())
    monkeypatch.setattr(nix_module, "run", store.run)
    monkeypatch.setattr(nix_module, "run_streaming", store.run)
    derivations = store.derivations(*KEPT_GOING)
    found = make(tmp_path).build_all(derivations, **options)
    return {name: told(found, one.drv_path) for name, one in zip(KEPT_GOING, derivations, strict=True)}


def told(found: Results, drv_path: str) -> str:
    outcome = found.outcomes[drv_path]
    because = ", ".join(short_name(path) for path in outcome.because)
    return f"{outcome.fate}: {outcome.error or because}" + " (stopped)" * outcome.stopped


def test_each_derivation_has_its_outcome_whatever_the_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert recorded_results(monkeypatch, tmp_path, "keep-going-2.26.log", keep_going=True) == {
        "above": "built: ",
        "bad": "failed: the build of bad-1 failed with exit code 3",
        "needs-bad": "not tried: bad-1",
        "also-bad": "failed: the build of also-bad-1 failed with exit code 4",
        "needs-both": "not tried: also-bad-1, bad-1",
        "far-above": "not tried: bad-1",
    }


def test_what_was_not_begun_after_the_first_failure_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert recorded_results(monkeypatch, tmp_path, "stopped-2.26.log") == {
        "above": "not tried: also-bad-1 (stopped)",
        "bad": "not tried: also-bad-1 (stopped)",
        "needs-bad": "not tried: also-bad-1 (stopped)",
        "also-bad": "failed: the build of also-bad-1 failed with exit code 4",
        "needs-both": "not tried: also-bad-1",
        "far-above": "not tried: also-bad-1 (stopped)",
    }


def test_what_the_store_has_is_not_asked_of_nix(fake: FakeProcess, tmp_path: Path):
    found = make(tmp_path).build_all([Derivation(drv_path="/d.drv", outputs={"out": "/o"})])
    assert found.outcomes["/d.drv"].fate is Fate.STORED
    assert not any("build" in command for command in fake.commands)


def ended_badly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, *, returncode: int = 1
) -> tuple[Results, Outcome]:
    store = FakeStore("stopped-2.26.log", built=())
    (derivation,) = store.derivations("bad")
    store.stderr, store.returncode = line, returncode
    monkeypatch.setattr(nix_module, "run", store.run)
    monkeypatch.setattr(nix_module, "run_streaming", store.run)
    found = make(tmp_path).build_all([derivation])
    return found, found.outcomes[derivation.drv_path]


def test_interruption_is_held_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    found, outcome = ended_badly(monkeypatch, tmp_path, INTERRUPTED)
    assert found.interruption is not None
    assert outcome.fate is Fate.INTERRUPTED


def test_a_nix_that_was_ended_before_it_spoke_is_an_interruption(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    found, outcome = ended_badly(monkeypatch, tmp_path, "", returncode=-15)
    assert found.interruption is not None
    assert outcome.fate is Fate.INTERRUPTED


def test_a_fault_of_nix_itself_belongs_to_all_that_was_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    found, outcome = ended_badly(monkeypatch, tmp_path, "error: cannot connect to daemon")
    assert isinstance(found.error, NixUnavailable)
    assert (outcome.fate, outcome.error) == (Fate.NOT_TRIED, found.error)


def test_valid_paths_are_those_not_called_invalid(fake: FakeProcess, tmp_path: Path):
    fake.stdout = "/nix/store/b\n"
    assert make(tmp_path).valid_paths(["/nix/store/a", "/nix/store/b"]) == {"/nix/store/a"}
    assert fake.commands == [
        ["/n/bin/nix-store", "--check-validity", "--print-invalid", "/nix/store/a", "/nix/store/b"]
    ]


def test_no_paths_ask_nothing(fake: FakeProcess, tmp_path: Path):
    assert make(tmp_path).valid_paths([]) == set()
    assert make(tmp_path).add_fixed([]) == []
    assert fake.commands == []


def test_many_files_are_added_in_parts(fake: FakeProcess, tmp_path: Path):
    fake.stdout = "/nix/store/x\n"
    make(tmp_path).add_fixed([Path(f"/f/{number}") for number in range(1200)])
    assert [len(command) - 3 for command in fake.commands] == [500, 500, 200]


def test_exactly_one_refuses_more():
    built = Built(drv_path="", outputs={"out": "/o"})
    assert exactly_one([built]) is built
    with pytest.raises(NixFailed, match="2 results"):
        exactly_one([built, built])
