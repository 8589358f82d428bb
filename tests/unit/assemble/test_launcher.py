from __future__ import annotations

from pathlib import Path

from wasmwright.assemble.launcher import Launcher, install


def test_a_launcher_sets_what_the_environment_lacks_and_calls_main(tmp_path: Path):
    launcher = Launcher(
        python=Path("/python"),
        lib=Path("/out/lib"),
        module="wasmwright.wrapper.__main__",
        variables={"A": "it's", "EMPTY": ""},
        arguments=("em++",),
    )
    launcher.write(tmp_path / "em++")
    assert (tmp_path / "em++").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "em++").read_text() == (
        "#!/python/usr/bin/python3 -ISB\n"
        "import os, sys\n"
        "sys.path.insert(0, '/out/lib')\n"
        "os.environ.setdefault('A', \"it's\")\n"
        "from wasmwright.wrapper.__main__ import main\n"
        "sys.exit(main('em++'))\n"
    )
    compile((tmp_path / "em++").read_text(), "em++", "exec")


def test_a_package_is_installed_writable_and_compiled_without_the_folder_it_lies_in(tmp_path: Path):
    source = tmp_path / "store" / "wasmwright"
    source.mkdir(parents=True)
    (source / "x.py").write_text("A = 1\n")
    (source / "x.py").chmod(0o444)
    install(source.parent, tmp_path / "out" / "lib")
    module = tmp_path / "out/lib/wasmwright/x.py"
    (compiled,) = (module.parent / "__pycache__").iterdir()
    assert module.stat().st_mode & 0o777 == 0o644
    assert str(tmp_path).encode() not in compiled.read_bytes()
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == 1  # a hash that nobody checks: files have no dates
