from __future__ import annotations

from pathlib import Path

from wasmwright.errors import BuildFailed, DiskFull, EvaluationFailed
from wasmwright.farm.outcome import (
    BUILD,
    BY_PACKAGE,
    IMPORT_TEST,
    PackageOutcome,
    PackageParts,
    all_errors,
    package_outcomes,
)
from wasmwright.nixoutcome import Derivation, Fate, Outcome, Results
from wasmwright.runtime.errors import TestsFailed

ROOT = Path(__file__).parents[3]


def drv(name: str) -> str:
    return f"/nix/store/{'0' * 32}-{name}.drv"


def derivation(name: str) -> Derivation:
    return Derivation(drv_path=drv(name), outputs={"out": f"/o/{name}"})


def parts(name: str, *needs: str) -> PackageParts:
    return PackageParts(
        gate=derivation(f"{name}-wasm"),
        built=derivation(f"{name}-wheel"),
        test=derivation(f"{name}-import"),
        keep=derivation(f"{name}-kept"),
        needs=needs,
    )


PARTS = {"openblas": parts("openblas"), "numpy": parts("numpy", "openblas"), "scipy": parts("scipy", "numpy")}


def graph() -> dict[str, frozenset[str]]:
    """Each package's derivations need each other, the compiler, and what its needs are linked with."""
    found = {drv("compiler"): frozenset({drv("shell")})}
    for name, one in PARTS.items():
        built = [drv("compiler"), *(drv(f"{need}-wheel") for need in one.needs)]
        found[drv(f"{name}-wheel")] = frozenset(built)
        found[drv(f"{name}-wasm")] = frozenset({drv(f"{name}-wheel")})
        tested = [drv(f"{name}-wasm"), drv("runtime"), *(drv(f"{need}-wasm") for need in one.needs)]
        found[drv(f"{name}-import")] = frozenset(tested)
    return found


def ended(*failed: str, stopped: bool = False, built: tuple[str, ...] = (), **others: object) -> Results:
    """All derivations of the packages, of which these failed, and of what does not need those these were built."""
    errors = {drv(name): BuildFailed(f"{name} failed") for name in failed}
    edges = graph()

    def needs(path: str) -> set[str]:
        direct = edges.get(path, frozenset())
        return set(direct).union(*(needs(one) for one in direct))

    outcomes = {}
    for one in PARTS.values():
        for part in one.all:
            path = part.drv_path
            because = tuple(name for name in errors if name in needs(path))
            if path in errors:
                outcomes[path] = Outcome(fate=Fate.FAILED, error=errors[path])
            elif because:
                outcomes[path] = Outcome(fate=Fate.NOT_TRIED, because=because)
            elif path in {drv(name) for name in built}:
                outcomes[path] = Outcome(fate=Fate.BUILT)
            elif stopped:
                outcomes[path] = Outcome(fate=Fate.NOT_TRIED, because=(next(iter(errors)),), stopped=True)
            else:
                outcomes[path] = Outcome(fate=Fate.STORED)
    return Results(outcomes=outcomes, failures=errors, needs=edges, **others)  # type: ignore[arg-type]


def told(results: Results, *names: str) -> dict[str, tuple[object, ...]]:
    found = package_outcomes(names or tuple(PARTS), PARTS, results)
    return {one.name: (one.fate, one.stage, str(one.error or ""), *one.because) for one in found}


def test_a_package_whose_own_derivation_failed_has_failed_and_what_needs_it_was_not_tried():
    assert told(ended("openblas-wheel")) == {
        "openblas": (Fate.FAILED, BUILD, "openblas-wheel failed"),
        "numpy": (Fate.NOT_TRIED, BUILD, "", "openblas"),
        "scipy": (Fate.NOT_TRIED, BUILD, "", "openblas"),
    }


def test_a_needed_package_is_named_that_was_not_asked_for():
    assert told(ended("openblas-wheel"), "scipy") == {"scipy": (Fate.NOT_TRIED, BUILD, "", "openblas")}


def test_several_reasons_are_told_each_once():
    assert told(ended("openblas-wheel", "openblas-wasm", "numpy-wheel"))["scipy"][3:] == ("openblas", "numpy")


def test_what_failed_and_is_no_packages_is_named_itself():
    assert told(ended("compiler"))["openblas"] == (Fate.FAILED, BUILD, "compiler failed")
    several = PARTS | {"zlib": PackageParts(gate=derivation("compiler"))}
    toolchain = Derivation(drv_path=drv("compiler"), outputs={})
    for found in (
        package_outcomes(["openblas"], several, ended("compiler")),
        package_outcomes(["openblas"], PARTS, ended("compiler"), toolchain=toolchain),
    ):
        assert [(one.fate, one.because) for one in found] == [(Fate.NOT_TRIED, ("compiler",))]


def test_a_failed_import_test_leaves_the_package_built():
    (found,) = package_outcomes(["numpy"], PARTS, ended("numpy-import", built=("numpy-wasm",)))
    assert (found.fate, found.stage, found.is_built, found.is_well) == (Fate.FAILED, IMPORT_TEST, True, False)
    assert told(ended("numpy-import"))["scipy"] == (Fate.STORED, None, "")


def test_an_import_test_that_cannot_be_tried_says_why():
    assert told(ended("openblas-wasm"))["numpy"] == (Fate.NOT_TRIED, IMPORT_TEST, "", "openblas")


def test_what_was_left_after_the_first_failure_is_told_apart():
    found = package_outcomes(["openblas", "scipy"], PARTS, ended("numpy-wheel", stopped=True, built=("openblas-wasm",)))
    assert [(one.fate, one.stopped, one.because) for one in found] == [
        (Fate.NOT_TRIED, True, ("numpy",)),
        (Fate.NOT_TRIED, False, ("numpy",)),
    ]


def test_a_package_takes_the_time_of_its_own_derivations():
    seconds = {drv("compiler"): 50.0, drv("openblas-wheel"): 20.0, drv("numpy-wheel"): 4.0, drv("numpy-import"): 3.0}
    results = ended(built=("openblas-wasm", "numpy-import"), seconds=seconds)
    found = package_outcomes(
        [*PARTS, "zlib"], PARTS | {"zlib": PackageParts(gate=derivation("compiler"))}, zlib(results)
    )
    assert [(one.name, one.fate, one.seconds) for one in found] == [
        ("openblas", Fate.BUILT, 20.0),
        ("numpy", Fate.BUILT, 7.0),
        ("scipy", Fate.STORED, None),
        ("zlib", Fate.STORED, None),
    ]


def zlib(results: Results) -> Results:
    outcomes = {**results.outcomes, drv("compiler"): Outcome(fate=Fate.STORED)}
    return Results(outcomes=outcomes, seconds=results.seconds, needs=results.needs)


def test_a_package_that_cannot_be_evaluated_has_failed_alone():
    error = EvaluationFailed("no")
    found = package_outcomes(["openblas", "numpy"], PARTS | {"numpy": error}, ended())
    assert [(one.fate, one.error) for one in found] == [(Fate.STORED, None), (Fate.FAILED, error)]


def test_the_exit_code_is_that_of_the_worst():
    kinds = [TestsFailed("test"), BuildFailed("build"), EvaluationFailed("evaluation"), DiskFull("disk")]
    outcomes = [PackageOutcome(name="x", fate=Fate.FAILED, error=error) for error in kinds]
    assert all_errors(outcomes, Results(outcomes={})) == [*reversed(kinds)]
    assert all_errors([], ended("compiler"))[0].exit_code == BuildFailed.exit_code
    assert all_errors([], ended()) == []


def test_the_order_of_errors_is_told_in_the_reference():
    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    assert ", ".join(f"`{kind.__name__}`" for kind in BY_PACKAGE) in page
