from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from import_graph import PACKAGE, Import, part_of, read_imports

from wasmwright.cli import COMMANDS, module_of

if TYPE_CHECKING:
    from collections.abc import Iterable

# docs/design/layout.md, "The direction of imports": who stands higher may import who stands lower, or beside it.
LAYERS = (
    {"__main__"},
    {"cli"},
    {
        *(
            "adding",
            "bench",
            "buildshell",
            "carrying",
            "checkout",
            "doctor",
            "environment",
            "farm",
            "importing",
            "nixenv",
            "package",
            "packagebuild",
            "project",
            "reproduce",
        ),
        *("stockruntime", "suites", "wanted"),
    },
    {"generate", "lock"},
    {"recipe", "sources"},
    {
        "buildlogs",
        "config",
        "gitcheckout",
        "graph",
        "nix",
        "nixfailure",
        "nixoutcome",
        "nixwatch",
        "progress",
    },
    {
        *(
            "addresses",
            "standards",
            "errors",
            "filelock",
            "files",
            "log",
            "names",
            "paths",
            "places",
            "pool",
            "process",
        ),
        *("serving", "version"),
    },
)
SANDBOXED = {
    *("assemble", "audit", "comparison", "conformance", "f2pytarget", "fortran", "fortranabi", "fortranruntime"),
    *(
        "netlib",
        "container",
        "oci",
        "outputs",
        "runtime",
        "relocatable",
        "sandbox",
        "spawn",
        "wasm",
        "wheel",
        "wheeltools",
        "words",
        "wrapper",
        "zips",
        "reading",
        "tars",
        "unpacking",
    ),
}
# Of failures, of limits, of text on terminals, of the target's markers, of what logs of builds tell.
SHARED = {"buildcause", "failure", "limits", "plaintext", "targetmarkers"}
# Imports that climb, or go both ways, for types alone: to be mended, and then taken out here.
FOR_TYPES: set[tuple[str, str]] = set()

# They have pinned wheels beside them: evaluation tests hold which.
WITH_WHEELS = {"outputs", "wheeltools"}

FOUND = read_imports(Path(__file__).parents[2] / "builder" / PACKAGE)


def height(part: str) -> int:
    return next(number for number, layer in enumerate(reversed(LAYERS)) if part in layer)


def between_parts(imports: Iterable[Import]) -> set[tuple[str, str]]:
    """What imports what: folders and modules at the top of the package, without what all may share."""
    return {
        (found.importing, found.imported_part)
        for found in imports
        if found.is_ours and found.imported_part not in {found.importing, *SHARED}
    }


def climbing(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those that lead upwards, or out of what runs inside derivations."""
    return {
        (importer, imported)
        for importer, imported in pairs
        if imported not in SANDBOXED and (importer in SANDBOXED or height(imported) > height(importer))
    }


def mutual(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(one, other) for one, other in pairs if (other, one) in pairs and one < other}


def circles(pairs: set[tuple[str, str]]) -> set[str]:
    """The parts that come back to themselves."""
    reached = set(pairs)
    while further := {(a, d) for a, b in reached for c, d in pairs if b == c} - reached:
        reached |= further
    return {one for one, other in reached if one == other}


def made_up(*pairs: tuple[str, str], for_types: bool = False) -> tuple[Import, ...]:
    return tuple(Import(importer=f"{PACKAGE}.{a}.x", imported=f"{PACKAGE}.{b}", for_types=for_types) for a, b in pairs)


def test_every_part_of_the_package_has_a_place():
    parts = {part_of(found.importer) for found in FOUND}
    assert sorted(parts - set().union(*LAYERS) - SANDBOXED - SHARED) == [], "add it to LAYERS or SANDBOXED above"


def test_no_import_climbs():
    assert climbing(between_parts(found for found in FOUND if not found.for_types)) == set()
    assert climbing(between_parts(FOUND)) <= FOR_TYPES


def test_nothing_imports_in_circles():
    assert circles(between_parts(found for found in FOUND if not found.for_types)) == set()
    assert {
        pair for pair in mutual(between_parts(FOUND)) if pair not in FOR_TYPES and pair[::-1] not in FOR_TYPES
    } == set()


def test_commands_import_no_commands():
    commands = {module_of(name) for name in COMMANDS}
    assert {(one.importer, one.imported) for one in FOUND if {one.importer, one.imported} <= commands} == set()


def test_where_the_checkout_lies_is_asked_at_the_door_only():
    package = Path(__file__).parents[2] / "builder" / PACKAGE
    asking = {str(file.relative_to(package)) for file in package.rglob("*.py") if "project_root" in file.read_text()}
    assert asking - {"paths.py"} == {"cli/check.py", "cli/lock.py", "cli/session.py"}


def test_exceptions_are_needed():
    real = between_parts(found for found in FOUND if found.for_types)
    assert real >= FOR_TYPES


def test_what_runs_inside_derivations_needs_the_standard_library_alone():
    foreign = {
        (found.importer, found.imported.split(".")[0])
        for found in FOUND
        if part_of(found.importer) in SANDBOXED | SHARED
        if not found.is_ours and found.imported.split(".")[0] not in sys.stdlib_module_names
    }
    # These have pinned wheels beside them: evaluation tests hold which.
    foreign = {(importer, imported) for importer, imported in foreign if part_of(importer) not in WITH_WHEELS}
    frontend = f"{PACKAGE}.sandbox.frontend"
    archive = f"{PACKAGE}.wheel.archive"
    assert foreign == {(archive, "deflate"), (frontend, "build"), (frontend, "packaging")}


def test_what_serves_needs_little_enough_for_a_small_image():
    serving = [found for found in FOUND if part_of(found.importer) == "serving"]
    ours = {found.imported_part for found in serving if found.is_ours}
    foreign = {found.imported.split(".")[0] for found in serving if not found.is_ours}
    assert ours == {"serving", "failure", "plaintext"}
    assert foreign - sys.stdlib_module_names - {"_typeshed"} <= {"waitress"}


@pytest.mark.parametrize("pair", [("lock", "cli"), ("wheel", "errors"), ("graph", "recipe"), ("process", "nix")])
def test_a_wrong_import_is_found(pair: tuple[str, str]):
    assert climbing(between_parts(made_up(pair))) == {pair}


def test_right_imports_are_not():
    pairs = (("cli", "graph"), ("lock", "sources"), ("runtime", "spawn"), ("nix", "runtime"), ("lock", "failure"))
    assert climbing(between_parts(made_up(*pairs))) == set()


def test_circles_are_found():
    pairs = between_parts(made_up(("sources", "recipe"), ("recipe", "graph"), ("graph", "sources"), ("cli", "recipe")))
    assert circles(pairs) == {"sources", "recipe", "graph"}
    assert mutual(between_parts(made_up(("sources", "lock"), ("lock", "sources")))) == {("lock", "sources")}


def test_imports_are_read_from_source(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/__init__.py").write_text("import os.path\n")
    (tmp_path / "a/b.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from wasmwright.a import c\n"
        "def f():\n    from wasmwright import c\n    import wasmwright.a.b\n"
    )
    (tmp_path / "c.py").write_text("")
    found = {(one.importer, one.imported, one.for_types) for one in read_imports(tmp_path)}
    assert found == {
        ("wasmwright.a", "os.path", False),
        ("wasmwright.a.b", "typing", False),
        ("wasmwright.a.b", "wasmwright.a", True),
        ("wasmwright.a.b", "wasmwright.c", False),
        ("wasmwright.a.b", "wasmwright.a.b", False),
    }
