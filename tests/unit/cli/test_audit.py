from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from archive_writer import archive
from documents import faults
from hostile_wheels import HOSTILE, NAME
from runtime_writer import write_runtime
from wasm_writer import Writer
from wheel_writer import PLATFORM, write_wheel

from wasmwright.checkout import Checkout
from wasmwright.cli import audit, main, session
from wasmwright.cli.session import open_checkout
from wasmwright.lock.profile import known_profiles, profile_path, read_profile
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.lock.profile import Profile

ROOT = project_root()
X = "demo/x.cpython-315-wasm32-emscripten.so"


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    return write_runtime(tmp_path / "runtime")


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["audit", *map(str, arguments)])
    assert isinstance(caught.value.code, int)
    return caught.value.code


def wheel(folder: Path, *imports: str) -> Path:
    module = Writer()
    for name in imports:
        module.function(name)
    return write_wheel(folder, {X: module.define("PyInit_x").build()})


def test_good_wheel(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = wheel(tmp_path)
    assert run(path, "--runtime", runtime) == 0
    assert capsys.readouterr().out == f"{path.name}: ok\n"


def test_findings_end_with_40(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = wheel(tmp_path, "dgemm_")
    assert run(path, "--runtime", runtime) == 40
    captured = capsys.readouterr()
    assert f"WW301 {X} imports dgemm_ as ()->(), which nothing exports" in captured.out
    assert f"error: 1 of 1 do not keep the ABI: {path.name}" in captured.err


def test_json_stands_alone_on_standard_output(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    assert run(wheel(tmp_path, "f"), "--runtime", runtime, "--json") == 40
    document = json.loads(capsys.readouterr().out)
    assert faults("audit", document) == []
    assert [finding["code"] for finding in document["reports"][0]["findings"]] == ["WW301"]


def test_platform_tag_and_library_are_passed_on(tmp_path: Path, runtime: Path):
    library = tmp_path / "libf.so"
    library.write_bytes(Writer().define("f").build())
    path = wheel(tmp_path, "f")
    assert run(path, "--runtime", runtime, "--library", library) == 0
    assert run(path, "--runtime", runtime, "--library", library, "--platform-tag", "other") == 40


def test_folder_is_a_library(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "out").mkdir()
    assert run(tmp_path / "out", "--runtime", runtime) == 0
    assert capsys.readouterr().out == "out: ok\n"


def test_folder_of_wheels_is_not_told_to_be_well(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "dist").mkdir()
    bad = wheel(tmp_path / "dist", "dgemm_")
    assert run(bad.parent, "--runtime", runtime) == 2
    assert f"name the wheels, {bad.parent}/*.whl" in capsys.readouterr().err
    # A library's own package has a wheel beside its files.
    (bad.parent / "libx.a").write_bytes(b"!<arch>\n")
    assert run(bad.parent, "--runtime", runtime) == 0


@pytest.fixture
def built(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The profiles whose runtimes are built; there is one runtime for all of them."""
    profiles: list[str] = []

    def build(checkout: Checkout) -> Path:
        profiles.append(checkout.profile)
        return runtime

    monkeypatch.setattr(audit, "_built_runtime", build)
    return profiles


def test_runtime_is_built_only_when_none_is_given(tmp_path: Path, runtime: Path, built: list[str]):
    assert run(wheel(tmp_path), "--runtime", runtime) == 0
    assert built == []
    assert run(wheel(tmp_path)) == 0
    assert built == ["pyemscripten_2026_5"]


@pytest.mark.parametrize("name", ["README.md", f"demo-1.0-cp315-cp315-{PLATFORM}.whl"])
@pytest.mark.parametrize("options", [(), ("--profile", "2026_5")])
def test_what_is_no_wheel_is_told_before_a_runtime_is_built(
    tmp_path: Path, built: list[str], name: str, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
):
    good = write_wheel(tmp_path, {X: Writer().define("PyInit_x").build()}, name="good")
    (tmp_path / name).write_text("<html>")
    assert run(good, tmp_path / name, *options) == 41
    assert name in capsys.readouterr().err
    assert built == []


def test_hostile_wheels_end_with_a_code_of_their_own(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    codes: dict[int, list[str]] = {}
    for name, hostile in HOSTILE.items():
        (tmp_path / NAME).write_bytes(hostile.make())
        codes.setdefault(run(tmp_path / NAME, "--runtime", runtime), []).append(name)
    said = capsys.readouterr()
    assert codes.keys() == {0, 40, 41, 45, 47}, {code: codes[code] for code in codes.keys() - {0, 40, 41, 45, 47}}
    assert f"{said.out}{said.err}".replace("\n", "").isprintable()


def test_warnings_end_with_0(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, {X: Writer().define("PyInit_x").build(), "demo.pth": b"import demo"})
    assert run(path, "--runtime", runtime) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{path.name}: ok, 1 warning\n  WW108 warning: demo.pth is for each start of Python\n")


@pytest.mark.usefixtures("two_profiles")
def test_each_wheel_is_checked_against_the_profile_it_names(
    tmp_path: Path, built: list[str], capsys: pytest.CaptureFixture[str]
):
    new, old = wheel(tmp_path), write_wheel(tmp_path, {"demo.py": b""}, tag="cp315-cp315-old_wasm32")
    assert run(new, old) == 40
    assert built == ["pyemscripten_2026_5", "old"]
    # The runtime of the test is not old's.
    assert f"error: 1 of 2 do not keep the ABI: {old.name}" in capsys.readouterr().err


@pytest.mark.usefixtures("two_profiles", "built")
def test_reports_stand_in_the_order_of_the_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    first, second = wheel(tmp_path), write_wheel(tmp_path, {"pure.py": b""}, name="pure", tag="cp315-cp315-old_wasm32")
    third = write_wheel(tmp_path, {"third.py": b""}, name="third", tag="cp315-cp315-pyemscripten_2026_5_wasm32")
    run(first, second, third, first, "--json")
    subjects = [report["subject"] for report in json.loads(capsys.readouterr().out)["reports"]]
    assert subjects == [first.name, second.name, third.name]


def test_what_names_no_platform_goes_with_the_others(tmp_path: Path, built: list[str]):
    pure = write_wheel(tmp_path, {"pure.py": b""}, name="pure", tag="py3-none-any")
    assert run(pure, wheel(tmp_path)) == 0
    assert built == ["pyemscripten_2026_5"]


@pytest.mark.usefixtures("two_profiles")
def test_named_profile_is_stronger_than_a_tag(tmp_path: Path, built: list[str]):
    run(wheel(tmp_path), "--profile", "old")
    assert built == ["old"]


@pytest.mark.usefixtures("built")
def test_a_library_must_not_call_what_has_other_types_in_the_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "out").mkdir()
    module = Writer(dylink=False).function("sigaction").build()
    (tmp_path / "out/libx.a").write_bytes(archive((b"x.o/", module)))
    differs = {name for name in known_profiles(ROOT) if "sigaction" in read_profile(profile_path(ROOT, name)).differing}
    assert differs
    for name in known_profiles(ROOT):
        assert run(tmp_path / "out", "--profile", name) == (40 if name in differs else 0)
        assert ("WW306 libx.a(x.o) calls sigaction" in capsys.readouterr().out) == (name in differs)


@pytest.mark.parametrize("name", ["demo-1.0-py3-none-any.whl", "folder"])
def test_what_names_no_platform_is_checked_against_the_default(tmp_path: Path, built: list[str], name: str):
    write_wheel(tmp_path, {"demo.py": b""}, tag="py3-none-any")
    (tmp_path / "folder").mkdir()
    assert run(tmp_path / name) == 0
    assert built == [open_checkout().profile]


def test_wheel_for_no_profile_is_told_what_helps(tmp_path: Path, built: list[str], capsys: pytest.CaptureFixture[str]):
    path = write_wheel(tmp_path, {"demo.py": b""}, tag="cp312-cp312-manylinux_2_17_x86_64")
    assert run(wheel(tmp_path), path) == 16
    told = capsys.readouterr().err
    assert f"{path.name} is for manylinux_2_17_x86_64, and no profile of this checkout is" in told
    assert "with --runtime; the profiles are " in told
    assert built == []


def test_runtime_and_profile_exclude_each_other(tmp_path: Path, runtime: Path):
    assert run(wheel(tmp_path), "--runtime", runtime, "--profile", "2026_5") == 2


@pytest.mark.usefixtures("two_profiles")
def test_the_variable_is_weaker_than_a_tag(tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "old")
    assert run(wheel(tmp_path)) == 0
    assert built == ["pyemscripten_2026_5"]


@pytest.mark.usefixtures("two_profiles")
def test_the_variable_is_for_what_names_no_platform(tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "old")
    (tmp_path / "folder").mkdir()
    run(tmp_path / "folder")
    assert built == ["old"]


def test_the_variable_and_runtime_do_not_exclude_each_other(
    tmp_path: Path, runtime: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "2026_0")
    assert run(wheel(tmp_path), "--runtime", runtime) == 0
    assert built == []


@pytest.fixture
def two_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout that has, beside its own profiles, one named `old`."""
    known = session.known_profiles
    monkeypatch.setattr(session, "known_profiles", lambda root: (*known(root), "old"))
    monkeypatch.setattr(session, "find_profile", lambda _, text: text)
    read = Checkout.abi.func

    def abi(checkout: Checkout) -> Profile:
        if checkout.profile != "old":
            return read(checkout)
        return replace(read(replace(checkout, profile="pyemscripten_2026_5")), platform="old_wasm32")

    monkeypatch.setattr(Checkout, "abi", property(abi))


def test_table_on_a_terminal(tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "stdout", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    assert run(wheel(tmp_path, "dgemm_"), "--runtime", runtime) == 40
    shown = terminal.getvalue()
    assert "WW301" in shown
    assert "imports dgemm_ as ()->(), which nothing exports" in shown
    assert shown.count("hint:") == 1


@pytest.mark.parametrize("is_terminal", [True, False])
def test_markup_in_names_of_members_is_shown(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
):
    monkeypatch.setenv("COLUMNS", "300")
    path = wheel(tmp_path, "dgemm_")
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("mark/[/red]x.so", b"no module")
    monkeypatch.setattr(sys, "stdout", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: is_terminal)
    assert run(path, "--runtime", runtime) == 40
    assert "mark/[/red]x.so" in terminal.getvalue()


def test_missing_file_is_a_usage_error(tmp_path: Path):
    assert run(tmp_path / "no.whl") == 2


@pytest.mark.timeout(60)
@pytest.mark.parametrize("where", ["wheel", "device", "runtime", "library", "in a library"])
def test_what_is_neither_a_file_nor_a_folder_is_refused(
    tmp_path: Path, runtime: Path, where: str, capsys: pytest.CaptureFixture[str]
):
    good, folder = wheel(tmp_path), tmp_path / "folder"
    folder.mkdir()
    odd, arguments = {
        "wheel": (tmp_path / "a-1-py3-none-any.whl", [tmp_path / "a-1-py3-none-any.whl"]),
        "device": (tmp_path / "a-1-py3-none-any.whl", [tmp_path / "a-1-py3-none-any.whl"]),
        "runtime": (runtime / "odd", [good]),
        "library": (tmp_path / "a.so", [good, "--library", tmp_path / "a.so"]),
        "in a library": (folder / "a.a", [good, "--library", folder]),
    }[where]
    if where == "device":
        odd.symlink_to("/dev/zero")
    else:
        os.mkfifo(odd)
    assert run(*arguments, "--runtime", runtime) == 2
    assert f"{odd} is neither a file nor a folder" in capsys.readouterr().err


def test_what_a_library_cannot_be_is_passed_over_in_its_folder(tmp_path: Path, runtime: Path):
    os.mkfifo(tmp_path / "a.a")
    assert run(tmp_path, "--runtime", runtime) == 0
