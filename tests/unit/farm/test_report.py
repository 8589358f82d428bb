from __future__ import annotations

import json
from pathlib import Path

from documents import faults

from wasmwright.errors import BuildFailed
from wasmwright.farm.outcome import BUILD, IMPORT_TEST, PackageOutcome
from wasmwright.farm.plan import Plan
from wasmwright.farm.report import document, table
from wasmwright.farm.run import BuildReport
from wasmwright.nixoutcome import Fate
from wasmwright.package import PackageOutput
from wasmwright.packagebuild import Artifact, Package
from wasmwright.runtime.errors import TestsFailed

ERROR = BuildFailed("the build of numpy failed", log=Path("/l/numpy.log"), excerpt="line", hint="do")
TEST_ERROR = TestsFailed("zlib cannot be imported", log=Path("/l/zlib.log"))


def package(name: str) -> Package:
    wheel = Path(f"/o/{name}/{name}-1.whl")
    output = PackageOutput(
        out=wheel.parent,
        name=name,
        version="1",
        kind="wheel",
        profile="p",
        main=wheel,
        tests=None,
        beside=(),
        requirements=(),
        imports=(name,),
        summary=None,
        license=None,
        homepage=None,
    )
    artifact = Artifact(path=wheel, size=12345, sha256="0" * 64)
    return Package(output=output, drv_path=f"/d/{name}.drv", artifacts=(artifact,), tested=True)


REPORT = BuildReport(
    outcomes=(
        PackageOutcome(name="lapack", fate=Fate.STORED),
        PackageOutcome(name="openblas", fate=Fate.BUILT, seconds=302.0),
        PackageOutcome(name="numpy", fate=Fate.FAILED, stage=BUILD, seconds=7.25, error=ERROR),
        PackageOutcome(name="scipy", fate=Fate.NOT_TRIED, stage=BUILD, because=("numpy",)),
        PackageOutcome(name="zlib", fate=Fate.FAILED, stage=IMPORT_TEST, seconds=1.0, error=TEST_ERROR),
        PackageOutcome(name="xz", fate=Fate.NOT_TRIED, stage=IMPORT_TEST, because=("zlib",), stopped=True),
        PackageOutcome(name="zstd", fate=Fate.INTERRUPTED, stage=BUILD),
    ),
    packages={name: package(name) for name in ("lapack", "openblas", "zlib")},
    errors=(ERROR, TEST_ERROR),
    seconds={"numpy-wheel": 7.25},
)
TABLE = """\
package   outcome                                    time        size     log
lapack    from the store                                         12.3 kB
openblas  built                                      5 min 02 s  12.3 kB
numpy     failed                                     7.2 s                /l/numpy.log
scipy     not tried: needs numpy
zlib      failed (import test)                       1.0 s       12.3 kB  /l/zlib.log
xz        import test not tried: stopped after zlib
zstd      interrupted
7 packages: 1 built, 1 from the store, 2 failed, 2 not tried, 1 interrupted"""


def test_table_tells_what_became_of_each():
    assert table(REPORT) == TABLE


def documented(report: BuildReport = REPORT) -> dict[str, object]:
    plan = Plan(names=(), left_out={"old": "old is disabled: gone"}, note="all packages")
    found = document(report, plan, profile="p", exit_code=34, seconds={"build": 9.12345})
    assert json.loads(json.dumps(found)) == found
    assert faults("build", found) == []
    return found


def test_document_has_an_outcome_for_each():
    packages = documented()["packages"]
    assert isinstance(packages, list)
    assert [(one["name"], one["outcome"], one["stage"], one["because"], one["wheel"]) for one in packages] == [
        ("lapack", "from the store", None, [], "/o/lapack/lapack-1.whl"),
        ("openblas", "built", None, [], "/o/openblas/openblas-1.whl"),
        ("numpy", "failed", "build", [], None),
        ("scipy", "not tried", "build", ["numpy"], None),
        ("zlib", "failed", "import test", [], "/o/zlib/zlib-1.whl"),
        ("xz", "not tried", "import test", ["zlib"], None),
        ("zstd", "interrupted", "build", [], None),
    ]
    assert len({frozenset(one) for one in packages}) == 1
    assert packages[2]["error"] == {
        "kind": "BuildFailed",
        "exit_code": 34,
        "message": "the build of numpy failed",
        "hint": "do",
        "excerpt": "line",
        "log": "/l/numpy.log",
    }


def test_document_tells_the_whole():
    found = documented()
    assert (found["version"], found["profile"], found["exit_code"]) == (1, "p", 34)
    assert found["left_out"] == {"old": "old is disabled: gone"}
    assert found["note"] == "all packages"
    assert found["seconds"] == {"build": 9.123, "numpy-wheel": 7.25}


def test_one_package_is_one():
    report = BuildReport(outcomes=(PackageOutcome(name="a", fate=Fate.BUILT),))
    assert table(report).splitlines()[-1] == "1 package: 1 built"
