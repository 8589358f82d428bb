from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.library import StepFailed, configure_script, plan, settle, steps

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes

SOURCE, BUILD = Path("/src"), Path("/b")


@pytest.mark.parametrize(
    ("system", "phases", "first"),
    [
        ("cmake", ["configure", "build", "install"], "cmake"),
        ("meson", ["configure", "build", "install"], "meson"),
        ("autotools", ["configure", "build", "install"], "/src/configure"),
        ("make", ["build", "install"], "make"),
    ],
)
def test_phases_of_each_build_system(attributes: Attributes, system: str, phases: list[str], first: str):
    commands = steps(replace(attributes, system=system, flags=("--mine",)), SOURCE, BUILD, 2)
    assert list(commands) == phases
    assert commands[phases[0]].command[0] == first
    assert "--mine" in commands[phases[0]].command


@pytest.mark.parametrize(
    ("system", "prefixes"),
    [
        ("autotools", ["--prefix=/store/out", "--sysconfdir=/etc", "--localstatedir=/var"]),
        ("meson", ["--prefix=/store/out", "--sysconfdir=/etc", "--localstatedir=/var", "--libdir=lib"]),
        (
            "cmake",
            [
                "-DCMAKE_INSTALL_PREFIX=/store/out",
                "-DCMAKE_INSTALL_SYSCONFDIR=/etc",
                "-DCMAKE_INSTALL_LOCALSTATEDIR=/var",
            ],
        ),
    ],
)
def test_a_library_looks_for_settings_where_machines_have_them(
    attributes: Attributes, system: str, prefixes: list[str]
):
    configure = steps(replace(attributes, system=system), SOURCE, BUILD, 2)["configure"].command
    assert set(prefixes) <= set(configure)


def test_a_configure_script_is_told_both_machines(attributes: Attributes):
    configure = steps(replace(attributes, system="autotools"), SOURCE, BUILD, 2)["configure"].command
    (build,) = (word for word in configure if word.startswith("--build="))
    assert build.endswith("-pc-linux-gnu")
    assert "--host=wasm32-unknown-emscripten" in configure


def test_unknown_system_is_named(attributes: Attributes):
    with pytest.raises(StepFailed, match="`scons`"):
        steps(replace(attributes, system="scons"), SOURCE, BUILD, 2)


def test_what_is_installed_for_a_machine_comes_to_the_output(tmp_path: Path):
    staged, out = tmp_path / "staged", tmp_path / "store/out"
    for name in (f"{out.relative_to('/')}/lib/libx.a", "etc/x/x.conf", "var/x"):
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_text(name)
    (staged / "var/link").symlink_to("x")
    settle(staged, out)
    found = sorted(str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir())
    assert found == ["etc/x/x.conf", "lib/libx.a", "var/link", "var/x"]
    assert (out / "var/link").is_symlink()


@pytest.mark.parametrize("stray", ["usr/lib/x", "x", "store/other/x"])
def test_what_is_installed_elsewhere_is_told(tmp_path: Path, stray: str):
    staged = tmp_path / "staged"
    (staged / stray).parent.mkdir(parents=True)
    (staged / stray).symlink_to("/nowhere")
    with pytest.raises(StepFailed, match=f"installs /{stray}, which is not below its prefix"):
        settle(staged, Path("/store/out"))


def test_nothing_is_moved_for_who_installs_by_itself(tmp_path: Path):
    settle(tmp_path / "staged", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def autoconf(tmp_path: Path) -> str:
    program = tmp_path / "bin/autoreconf"
    program.parent.mkdir()
    program.touch(mode=0o755)
    return str(program.parent)


def test_configure_is_made_where_autoconf_is_a_tool(tmp_path: Path, attributes: Attributes, autoconf: str):
    source = tmp_path / "source"
    source.mkdir()
    (source / "configure.ac").touch()
    (source / "configure").touch()
    wanted = replace(attributes, system="autotools")
    assert list(plan(wanted, source, BUILD, count=1, path=autoconf)) == ["autoreconf", "configure", "build", "install"]
    assert list(plan(wanted, source, BUILD, count=1, path="/nowhere")) == ["configure", "build", "install"]
    (source / "configure.ac").unlink()
    assert configure_script(source, autoconf) is None


def test_a_missing_configure_script_is_told_with_what_makes_it(tmp_path: Path, autoconf: str):
    with pytest.raises(StepFailed, match="no script `configure`") as caught:
        configure_script(tmp_path, autoconf)
    assert "`folder` of [source]" in (caught.value.hint or "")
    (tmp_path / "configure.in").touch()
    with pytest.raises(StepFailed, match="no script `configure`") as caught:
        configure_script(tmp_path, "/nowhere")
    assert 'add "autotools" to `tools`' in (caught.value.hint or "")
