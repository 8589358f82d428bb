from __future__ import annotations

import json
from pathlib import Path

import pytest

from wasmwright import nix as nix_module
from wasmwright.errors import BuildFailed, NixFailed
from wasmwright.nix import Built, Nix, exactly_one, log_file
from wasmwright.process import Completed

RECORDED = Path(__file__).parents[1] / "fixtures" / "nix"


def make(root: Path) -> Nix:
    return Nix(program=Path("/n/bin/nix"), version=(2, 26), private=True, config="", environment={"A": "b"}, root=root)


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
    assert caught.value.log.parent == tmp_path / ".wasmwright" / "logs"
    assert caught.value.log.read_text() == "line 1\nline 2\nline 3\n"
    assert caught.value.excerpt == "line 1\nline 2\nline 3"


def test_interrupted_nix_is_an_interruption(fake: FakeProcess, tmp_path: Path):
    fake.stderr, fake.returncode = '@nix {"action":"msg","level":0,"msg":"error: interrupted by the user"}', 1
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path).build([".#a"])


def test_failure_before_any_event_shows_what_was_printed(fake: FakeProcess, tmp_path: Path):
    fake.stderr, fake.returncode = "error: unrecognised flag '--new'", 1
    with pytest.raises(NixFailed, match="unrecognised flag"):
        make(tmp_path).build([".#a"])


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


def test_log_file_tells_two_derivations_of_a_name_apart():
    drv = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"
    assert log_file(Path("logs"), drv) == Path("logs/numpy-2.5.5-wheel-0123456789ab.log")


def test_exactly_one_refuses_more():
    built = Built(drv_path="", outputs={"out": "/o"})
    assert exactly_one([built]) is built
    with pytest.raises(NixFailed, match="2 results"):
        exactly_one([built, built])
