from __future__ import annotations

from pathlib import Path

from wasmwright.buildlogs import BuildLog, BuildLogs, log_file
from wasmwright.limits import LOG_SIZE

DRV = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"


def test_log_file_tells_two_derivations_of_a_name_apart():
    assert log_file(Path("logs"), DRV) == Path("logs/numpy-2.5.5-wheel-0123456789ab.log")


def test_the_longest_name_is_a_file_name(tmp_path: Path):
    log = BuildLogs(folder=tmp_path).of(DRV.replace("numpy", "n" * 200))
    log.add("a line")
    log.close()
    assert log.problem is None
    assert log.path.read_text() == "a line\n"


def test_a_log_is_read_while_it_grows_and_goes_on_after_its_end(tmp_path: Path):
    log = BuildLog(path=tmp_path / "x.log", drv=DRV)
    log.add("one")
    assert log.path.read_text() == "one\n"
    log.close()
    log.add("two")
    log.close()
    assert log.path.read_text() == "one\ntwo\n"
    assert list(log.last) == ["one", "two"]


def test_another_build_begins_the_file_anew(tmp_path: Path):
    for text in ("old", "new"):
        logs = BuildLogs(folder=tmp_path)
        logs.of(DRV).add(text)
        logs.close()
    assert log_file(tmp_path, DRV).read_text() == "new\n"


def test_a_log_has_a_cap_with_a_word_about_it_and_keeps_its_end(tmp_path: Path):
    log = BuildLog(path=tmp_path / "x.log", drv=DRV)
    line = "x" * (1 << 20)
    for _ in range(100):
        log.add(line)
    for number in range(5000):
        log.add(f"line {number}")
    log.close()
    assert log.path.stat().st_size < LOG_SIZE.most + 1_000_000
    lines = log.path.read_text().splitlines()
    (word,) = [one for one in lines if one.startswith("[wasmwright")]
    assert word == (
        f"[wasmwright keeps 64 MiB of a log: 4,037 lines are left out here; `./wasmwright nix -- log {DRV}` has all]"
    )
    assert lines[-1] == "line 4999"
    assert log.last[-1] == "line 4999"
    assert sum(map(len, log.last)) < 1_000_000
