"""Nix's failures as errors, with the Nix of this machine."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright import errors
from wasmwright.cli.session import BuildOptions, open_checkout, open_nix
from wasmwright.nixenv.store import NIX
from wasmwright.nixoutcome import Derivation, Fate
from wasmwright.progress import short_name
from wasmwright.reproduce import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.failure import WasmwrightError
    from wasmwright.nix import Nix
    from wasmwright.nixoutcome import Results


def test_build_gives_outputs_in_order(failing_flake: Nix):
    above, good = failing_flake.build(["path:.#above", "path:.#good"])
    assert above.out.read_text() == good.out.read_text()
    assert good.drv_path.endswith("-good-1.drv")


def test_failed_build_is_named_with_its_log(failing_flake: Nix):
    with pytest.raises(errors.BuildFailed, match="the build of bad-1 failed with exit code 3") as caught:
        failing_flake.build(["path:.#needs-bad"])
    assert caught.value.excerpt == "line 1\nline 2\nline 3"
    assert caught.value.log is not None
    assert caught.value.log.read_text() == "line 1\nline 2\nline 3\n"


def test_kept_folder_of_a_failed_build_exists(failing_flake: Nix):
    with pytest.raises(errors.BuildFailed) as caught:
        dataclasses.replace(failing_flake, keep_failed=True).build(["path:.#bad"])
    kept = Path((caught.value.hint or "").removeprefix("the build's folder is kept: "))
    assert kept.is_dir()
    shutil.rmtree(kept.parent)


def derivation(nix: Nix, name: str) -> Derivation:
    found = nix.eval_json(f"path:.#{name}", apply="package: [ package.drvPath package.outPath ]")
    assert isinstance(found, list)
    return Derivation(drv_path=found[0], outputs={"out": found[1]})


def told(found: Results, one: Derivation) -> str:
    outcome = found.outcomes[one.drv_path]
    return f"{outcome.fate}: {outcome.error or ', '.join(short_name(path) for path in outcome.because)}"


@pytest.mark.parametrize("keep_going", [True, False])
def test_each_derivation_has_its_outcome(failing_flake: Nix, *, keep_going: bool):
    names = ["above", "needs-both", "bad", "far-above", "also-bad"]
    wanted = {name: derivation(failing_flake, name) for name in names}
    found = failing_flake.build_all(list(wanted.values()), keep_going=keep_going)
    outcomes = {name: told(found, one) for name, one in wanted.items()}
    if keep_going:
        first, second = (short_name(path) for path in found.failures)
        assert outcomes == {
            "above": "built: ",
            "needs-both": f"not tried: {first}, {second}",
            "bad": "failed: the build of bad-1 failed with exit code 3",
            "far-above": "not tried: bad-1",
            "also-bad": "failed: the build of also-bad-1 failed with exit code 4",
        }
        assert {short_name(path) for path in found.seconds} >= {"good-1", "above-1", "bad-1", "also-bad-1"}
    else:
        assert len(found.failures) == 1
        assert [outcome for outcome in outcomes.values() if outcome.startswith("failed")]
    failing_flake.build_all([wanted["above"]])
    assert failing_flake.build_all([wanted["above"]]).outcomes[wanted["above"].drv_path].fate is Fate.STORED


def test_what_would_be_built_is_told_and_not_built(failing_flake: Nix):
    planned = failing_flake.planned([derivation(failing_flake, name) for name in ("far-above", "above")])
    names = [short_name(path) for path in planned]
    assert sorted(names) == ["above-1", "bad-1", "far-above-1", "good-1", "needs-bad-1"]
    assert names.index("bad-1") < names.index("needs-bad-1") < names.index("far-above-1")
    assert failing_flake.planned([derivation(failing_flake, "far-above")])


@pytest.mark.parametrize(
    ("attribute", "kind", "message"),
    [
        ("full", errors.BuildFailed, "the build of full-1 failed with exit code 1"),
        ("needs-forging", errors.BuildFailed, "the build of forging-1 failed with exit code 5"),
        ("sourceless", errors.SourceMissing, r"missing-1\.tar\.gz is not in the store"),
        ("thrown", errors.EvaluationFailed, r"pkgs/x/recipe\.toml: the message"),
        ("nothing", errors.EvaluationFailed, "the flake has no `nothing`"),
    ],
)
def test_failures_have_their_kind(attribute: str, kind: type[WasmwrightError], message: str, failing_flake: Nix):
    with pytest.raises(kind, match=message):
        failing_flake.build([f"path:.#{attribute}"])


def test_a_full_disk_is_told(failing_flake: Nix, tmp_path: Path, store_changes: Path | None):
    if store_changes is None:
        pytest.skip("this machine lets nobody mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", small], check=True)
    try:
        nix = dataclasses.replace(failing_flake, environment=failing_flake.environment | {"TMPDIR": str(small)})
        with pytest.raises(errors.DiskFull, match="no space left") as caught:
            nix.build(["path:.#filling"])
    finally:
        subprocess.run(["umount", "--lazy", small], check=True)
    assert "No space left on device" in (caught.value.excerpt or "")


@pytest.fixture
def with_daemon(failing_flake: Nix) -> Iterator[Nix]:
    """That Nix through a daemon, which passes its own words on as it does those of builders."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "socket"
        environment = {**failing_flake.environment, "NIX_DAEMON_SOCKET_PATH": str(socket)}
        with subprocess.Popen([failing_flake.program, "daemon"], env=environment) as daemon:
            while not socket.exists():
                assert daemon.poll() is None
                time.sleep(0.05)
            yield dataclasses.replace(failing_flake, environment={**environment, "NIX_REMOTE": f"unix://{socket}"})
            daemon.terminate()


def test_through_a_daemon_too_all_failures_are_known(with_daemon: Nix):
    wanted = [derivation(with_daemon, name) for name in ("needs-forging", "needs-bad", "good")]
    found = with_daemon.build_all(wanted, keep_going=True)
    assert {short_name(path): str(error) for path, error in found.failures.items()} == {
        "bad-1": "the build of bad-1 failed with exit code 3",
        "forging-1": "the build of forging-1 failed with exit code 5",
    }
    assert [told(found, one) for one in wanted] == ["not tried: forging-1", "not tried: bad-1", "built: "]
    assert found.interruption is None


def test_syntax_error_is_an_evaluation_error(failing_flake: Nix):
    (failing_flake.root / "flake.nix").write_text("{ outputs = ")
    with pytest.raises(errors.EvaluationFailed, match="syntax error"):
        failing_flake.build(["path:.#good"])


def test_second_build_that_differs_is_kept_beside_the_first(failing_flake: Nix):
    keeping = dataclasses.replace(failing_flake, keep_failed=True)
    (built,) = keeping.build(["path:.#changing"])
    with pytest.raises(errors.NotReproducible, match="two builds of changing-1 differ"):
        keeping.build(["path:.#changing"], rebuild=True)
    again = Path(f"{built.out}.check")
    assert list(differences(built.out, again)) == [built.out.name]
    keeping.delete([str(again)])


def test_same_build_again_is_fine(failing_flake: Nix):
    failing_flake.build(["path:.#good"])
    assert failing_flake.build(["path:.#good"], rebuild=True)


@pytest.mark.skipif(not os.access(NIX / "store", os.W_OK), reason="the store belongs to another user")
def test_lost_store_path_is_damage_and_is_mended_by_building_again(failing_flake: Nix):
    (built,) = failing_flake.build(["path:.#good"])
    built.out.unlink()
    assert built.out in failing_flake.all_paths()
    with pytest.raises(errors.StoreCorrupted, match=built.out.name) as caught:
        failing_flake.build(["path:.#above"])
    assert "doctor --repair" in (caught.value.hint or "")
    failing_flake.build(["path:.#good"])
    failing_flake._run_store(["--repair-path", built.out])
    assert failing_flake.build(["path:.#above"])


def test_builders_see_nothing_of_the_machine(failing_flake: Nix):
    (built,) = failing_flake.build(["path:.#outside"])
    assert built.out.read_text() == "hidden\n"


def test_sandbox_can_be_left_out(failing_flake: Nix):
    open_ = dataclasses.replace(open_nix(open_checkout(), BuildOptions(sandbox=False)), root=failing_flake.root)
    assert open_.setting("sandbox") == "false"


def test_files_are_added_and_known(nix: Nix, tmp_path: Path):
    file = tmp_path / "some.file"
    file.write_text("wasmwright's test file\n")
    (added,) = nix.add_fixed([file])
    assert Path(added).read_text() == "wasmwright's test file\n"
    unknown = added.replace("some.file", "none.file")
    assert nix.valid_paths([added, unknown]) == {added}
    tool = nix.add_nar(file, "tool")
    assert tool.endswith("-tool")
    assert nix.valid_paths([tool]) == {tool}


def test_root_keeps_a_path(failing_flake: Nix):
    (built,) = failing_flake.build(["path:.#good"])
    link = failing_flake.root / "roots" / "good"
    failing_flake.add_root(built.out, link)
    assert link.readlink() == built.out
    roots = failing_flake._run_store(["--query", "--roots", built.out]).stdout
    assert str(link) in roots


def test_what_tests_build_stays_with_them(failing_flake: Nix, store_changes: Path | None):
    if store_changes is None:
        pytest.skip("this machine gives no private view of its store")
    (built,) = failing_flake.build(["path:.#good"])
    assert (store_changes / built.out.relative_to(NIX)).read_text() == built.out.read_text()
    assert (store_changes / "var/nix/db/db.sqlite").exists()
