from __future__ import annotations

from typing import TYPE_CHECKING

from wheel_writer import write_wheel

from wasmwright.outputs.condafiles import licenses_of, placed
from wasmwright.wheel.inspect import read_wheel

if TYPE_CHECKING:
    from pathlib import Path

SITE = "lib/python3.15/site-packages"


def test_files_lie_where_an_installer_would_put_them(tmp_path: Path):
    files = {
        name: name.encode()
        for name in (
            "demo/__init__.py",
            "demo-1.0.data/purelib/pure.py",
            "demo-1.0.data/platlib/demo/x.so",
            "demo-1.0.data/scripts/run",
            "demo-1.0.data/headers/x.h",
            "demo-1.0.data/data/share/x.txt",
        )
    }
    found = placed(read_wheel(write_wheel(tmp_path, files)), SITE, scripts="bin")
    assert {name: data for name, data in found.items() if ".dist-info/" not in name} == {
        f"{SITE}/demo/__init__.py": b"demo/__init__.py",
        f"{SITE}/pure.py": b"demo-1.0.data/purelib/pure.py",
        f"{SITE}/demo/x.so": b"demo-1.0.data/platlib/demo/x.so",
        "bin/run": b"demo-1.0.data/scripts/run",
        "include/demo/x.h": b"demo-1.0.data/headers/x.h",
        "share/x.txt": b"demo-1.0.data/data/share/x.txt",
    }
    assert f"{SITE}/demo-1.0.dist-info/METADATA" in found


def test_licences_are_found_in_the_metadata(tmp_path: Path):
    files = {
        "LICENSE": b"not here",
        "demo-1.0.dist-info/LICENSE.txt": b"old",
        "demo-1.0.dist-info/licenses/COPYING": b"new",
        "demo-1.0.dist-info/licenses/sub/LICENSE": b"of a part",
        "demo-1.0.dist-info/entry_points.txt": b"",
    }
    assert licenses_of(read_wheel(write_wheel(tmp_path, files))) == {
        "LICENSE.txt": b"old",
        "COPYING": b"new",
        "sub-LICENSE": b"of a part",
    }
