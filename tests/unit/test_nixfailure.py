from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright import errors
from wasmwright.nixfailure import (
    Evidence,
    failed_derivation,
    failure,
    failures,
    is_interruption,
    last_error,
    unrepaired,
)
from wasmwright.progress import Tracker, short_name
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from wasmwright.failure import WasmwrightError

RECORDED = Path(__file__).parents[1] / "fixtures" / "nix"
HASH = "0123456789abcdfghijklmnpqrsvwxyz"
DRV = f"/nix/store/{HASH}-numpy-2.5.5-wheel.drv"
OUT = f"/nix/store/{HASH}-numpy-2.5.5-wheel"
OLD = f"error: builder for '{DRV}' failed with exit code 3"
NEW = f"error: Cannot build '{DRV}'.\n       Reason: builder failed with exit code 3.\n       Output paths:\n         x"
NO_DEPENDENCY = f"error: 1 dependencies of derivation '{DRV.replace('numpy', 'pandas')}' failed to build"
NO_SANDBOX = "error: this system does not support the kernel namespaces that are required for sandboxing"
NO_NAMESPACES = "error: cannot perform a sandboxed build because user namespaces are not enabled"
SETTING_UP = "error:\n       … while setting up the build environment\n\n       error: getting attributes of path"
THROWN = "error:\n       … while calling the 'throw' builtin\n         at /f.nix:1:2\n\n       error: pkgs/x: bad value"
NO_ATTRIBUTE = "error: flake 'git+file:///c' does not provide attribute 'packages.x86_64-linux.nothere' or 'nothere'"
NO_PACKAGE = (
    "error:\n       … while calling the 'tryEval' builtin\n         at «string»:17:23:\n\n"
    "       error: attribute 'new-wasm' missing\n       at «string»:17:59:"
)
NOT_SAME = f"error: derivation '{DRV}' may not be deterministic: output"
MISSING = "wasmwright: source pkg-1.tar.gz (pkg:pypi/pkg@1) is not in the store: run ./wasmwright fetch"
SEEMS_FULL = "note: build failure may have been caused by lack of free disk space"
LEFT = f"error: file '{DRV}.chroot/root{OUT}/{{}}' has an unsupported type"
NOT_REPAIRED = f"error: cannot repair path '{OUT}'"


def judged(text: str, *, built: bool = True, tail: tuple[str, ...] = ()) -> WasmwrightError:
    return failure(Evidence(errors=[text], built=built, tails={failed_derivation(text) or DRV: tail} if tail else {}))


def said(name: str) -> Evidence:
    tracker = Tracker()
    for line in (RECORDED / name).read_text().splitlines():
        tracker.feed(line, 0.0)
    return Evidence(errors=tracker.errors, built=tracker.started > 0)


def recorded(name: str) -> WasmwrightError:
    return failure(said(name))


def test_recorded_failures_are_judged_one_by_one():
    found = {short_name(drv): error for drv, error in failures(said("keep-going-2.26.log")).items()}
    assert {name: str(error) for name, error in found.items()} == {
        "also-bad-1": "the build of also-bad-1 failed with exit code 4",
        "bad-1": "the build of bad-1 failed with exit code 3",
    }


@pytest.mark.parametrize(
    ("name", "failed"),
    [("stopped-2.26.log", ["also-bad-1"]), ("failed-2.26.log", ["bad-1"]), ("failed-2.34.log", ["bad-1"])],
)
def test_what_needs_a_failed_derivation_has_not_failed_itself(name: str, failed: list[str]):
    assert [short_name(drv) for drv in failures(said(name))] == failed


def test_each_failure_has_its_own_lines_log_and_folder():
    other = DRV.replace("numpy", "scipy")
    notes = [f"note: keeping build directory '/tmp/nix-build-{n}-2.5.5-wheel.drv-0/build'" for n in ("numpy", "scipy")]
    both = Evidence(
        errors=[OLD, OLD.replace(DRV, other), NO_DEPENDENCY],
        notes=notes,
        built=True,
        tails={DRV: ["disk: No space left on device"], other: ["a.c:1: error: no"]},
        full={DRV: Path("/build")},
        log_of={DRV: Path("numpy.log"), other: Path("scipy.log")}.get,
    )
    numpy, scipy = failures(both).values()
    assert (type(numpy), numpy.log) == (errors.DiskFull, Path("numpy.log"))
    assert (type(scipy), scipy.log, scipy.excerpt) == (errors.BuildFailed, Path("scipy.log"), "a.c:1: error: no")
    kept = "/tmp/nix-build-scipy-2.5.5-wheel.drv-0/build"
    assert scipy.hint == f"`./wasmwright shell scipy` enters the build's folder, which is kept: {kept}"


@pytest.mark.parametrize("version", ["2.26", "2.34"])
def test_recorded_failure_names_the_first_builder(version: str):
    error = recorded(f"failed-{version}.log")
    assert isinstance(error, errors.BuildFailed)
    assert str(error) == "the build of bad-1 failed with exit code 3"


@pytest.mark.parametrize("version", ["2.26", "2.34"])
def test_recorded_evaluation_error_is_one(version: str):
    error = recorded(f"evaluation-{version}.log")
    assert isinstance(error, errors.EvaluationFailed)
    assert "syntax error, unexpected '@'" in str(error)


@pytest.mark.parametrize("text", [OLD, NEW])
def test_builder_failure_shows_the_end_of_its_log(text: str):
    whole = Evidence(
        errors=[text], built=True, tails={DRV: [f"line {n}" for n in range(40)]}, log_of={DRV: Path("x.log")}.get
    )
    error = failure(whole)
    assert isinstance(error, errors.BuildFailed)
    assert str(error) == "the build of numpy-2.5.5-wheel failed with exit code 3"
    assert error.excerpt is not None
    assert error.excerpt.splitlines() == [f"line {n}" for n in range(25, 40)]
    assert error.log == Path("x.log")
    assert error.hint == "`./wasmwright build numpy --keep-failed` keeps the build's folder and says where it is"


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("numpy-2.5.5-wheel-2026_0", "./wasmwright build numpy --profile 2026_0 --keep-failed"),
        ("numpy-wasm-2.5.5-2026_0", "./wasmwright build numpy --profile 2026_0 --keep-failed"),
        ("numpy-wasm-2.5.5-2026_0-import", "./wasmwright build numpy --profile 2026_0 --no-test"),
        ("zlib-1.3.1-library", "./wasmwright build zlib --keep-failed"),
        ("dates-2026_0-library", "./wasmwright build dates --keep-failed"),
        ("numpy-2.5.5+no-simd-wheel-2026_0", "./wasmwright build numpy --profile 2026_0 --no-simd --keep-failed"),
        ("numpy-wasm-2.5.5+no-simd-2026_0-import", "./wasmwright build numpy --profile 2026_0 --no-simd --no-test"),
        ("zlib-1.3.1+no-simd-library", "./wasmwright build zlib --no-simd --keep-failed"),
    ],
)
def test_advice_is_for_the_profile_that_was_built(name: str, again: str):
    assert f"`{again}`" in (judged(OLD.replace("numpy-2.5.5-wheel", name)).hint or "")


@pytest.mark.parametrize("name", ["locked-environment-2026_0", "numpy-dist-2026_0", "sysroot-5.0.3"])
def test_no_build_is_advised_of_what_is_no_package(name: str):
    assert judged(OLD.replace("numpy-2.5.5-wheel", name)).hint is None


@pytest.mark.parametrize("quote", ["'", '"'])
def test_kept_folder_is_said(quote: str):
    note = f"note: keeping build directory {quote}/tmp/nix-build-x/build{quote}"
    error = failure(Evidence(errors=[OLD], notes=[note], built=True))
    enter = "`./wasmwright shell numpy` enters the build's folder, which is kept"
    assert error.hint == f"{enter}: /tmp/nix-build-x/build"


def test_no_shell_is_advised_for_what_has_none():
    text = OLD.replace("numpy-2.5.5-wheel", "sysroot-5.0.3")
    error = failure(
        Evidence(errors=[text], notes=["note: keeping build directory '/tmp/nix-build-x/build'"], built=True)
    )
    assert error.hint == "the build's folder is kept: /tmp/nix-build-x/build"


def test_lines_quoted_by_nix_serve_where_no_log_was_seen():
    error = judged(f"{OLD};\n       last 2 log lines:\n       > one\n       > two")
    assert error.excerpt == "one\ntwo"


def test_killed_builder_hints_at_memory():
    error = judged(f"error: builder for '{DRV}' failed due to signal 9 (Killed)")
    assert isinstance(error, errors.BuildFailed)
    assert str(error) == "the build of numpy-2.5.5-wheel failed by signal 9"
    assert "memory" in (error.hint or "")


def test_builder_without_output_is_said():
    error = judged(f"error: builder for '{DRV}' failed to produce output path for output 'out' at '{OUT}'")
    assert str(error) == "the build of numpy-2.5.5-wheel failed: it left no output"


def test_failed_import_test_is_not_a_failed_build():
    error = judged(OLD.replace("numpy-2.5.5-wheel", "numpy-wasm-2.5.5-import"))
    assert isinstance(error, TestsFailed)
    assert "--no-test" in (error.hint or "")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("wasmwright: cannot import x", "ModuleNotFoundError: No module named '_cffi_backend.lib'"),
            "`_cffi_backend`",
        ),
        (("wasmwright: cannot import x", "ModuleNotFoundError: No module named 'numpy._core'"), None),
        (("ModuleNotFoundError: No module named 'cffi'", "  hint: numpy requires cffi, which is not installed"), None),
        (("AssertionError",), None),
    ],
)
def test_a_module_that_the_import_test_lacks_is_of_another_package(lines: tuple[str, ...], told: str | None):
    error = judged(OLD.replace("numpy-2.5.5-wheel", "numpy-wasm-2.5.5-import"), tail=lines)
    advice, _, rest = (error.hint or "").rpartition("\n")
    assert "--no-test" in rest
    assert advice == (
        f"if another package has {told}, name that one in `[dependencies] run` of the recipe" if told else ""
    )


def test_excerpt_begins_with_the_compilers_first_error():
    first = "./../a.f90:3:5: error: expected ':'"
    noise = [f"./../a.f90:1:1: in the context {n}" for n in range(20)]
    lines = (
        "[1/2] Compiling",
        first,
        *noise,
        "./../a.f90:4:1: error: another",
        "ninja",
    )
    excerpt = judged(OLD, tail=lines).excerpt
    assert excerpt is not None
    assert excerpt.splitlines()[0] == first
    assert len(excerpt.splitlines()) == 15
    short = judged(OLD, tail=lines[-2:]).excerpt
    assert short == "./../a.f90:4:1: error: another\nninja"


@pytest.mark.parametrize(
    ("text", "tail", "kind"),
    [
        (OLD, ("ld: final link failed: No space left on device",), errors.BuildFailed),
        (f"{OLD}\n       {SEEMS_FULL}", ("ld: final link failed: No space left on device",), errors.DiskFull),
        (f"{OLD};\n       last 1 log lines:\n       > {SEEMS_FULL}", (), errors.BuildFailed),
        ("error: writing to file: No space left on device", (), errors.DiskFull),
        ("error: executing SQLite statement: database or disk is full", (), errors.DiskFull),
        (OLD.replace("numpy-2.5.5-wheel", "pkg-1.tar.gz"), (MISSING,), errors.SourceMissing),
        (OLD, (MISSING,), errors.BuildFailed),
        (OLD.replace("numpy-2.5.5-wheel", "pkg-1.tar.gz"), (f"x {MISSING}",), errors.BuildFailed),
        ("error: writing to file: Disk quota exceeded", (), errors.DiskFull),
        (f"error: file '{OUT}/a: No space left on device/b' has an unsupported type", (), errors.NixFailed),
        (LEFT.format("x\n       error: interrupted by the user: No space left on device"), (), errors.BuildFailed),
        (LEFT.format("x").replace("'", '"') + " of a pipe", (), errors.BuildFailed),
        (LEFT.format("'x' is required to build '/nix/store/y.drv"), (), errors.BuildFailed),
        (OLD, (f"error: path '{OUT}' was modified! expected hash 'a', got 'b'",), errors.BuildFailed),
        (f"{OLD};\n       last 1 log lines:\n       > error: cannot connect to daemon", (), errors.BuildFailed),
        ("error: executing SQLite statement 'x': database disk image is malformed", (), errors.StoreCorrupted),
        (f"error: hash mismatch in fixed-output derivation '{DRV}':\n  got: b", (), errors.HashMismatch),
        (NO_SANDBOX, (), errors.SandboxUnavailable),
        (NO_NAMESPACES, (), errors.SandboxUnavailable),
        ("error: user namespaces do not work on this system: x", (), errors.SandboxUnavailable),
        (f'error: path "{OUT}" was modified! expected hash', (), errors.StoreCorrupted),
        (f"{NOT_SAME} '{OUT}' differs from '{OUT}.check'", (), errors.NotReproducible),
        (f'{NOT_SAME} "{OUT}" differs', (), errors.NotReproducible),
        ("error: cannot connect to socket at '/nix/var/nix/socket': Connection refused", (), errors.NixUnavailable),
        (f"error: path '{OUT}' was modified! expected hash 'a', got 'b'", (), errors.StoreCorrupted),
        (f"{SETTING_UP} '{OUT}': No such file or directory", (), errors.StoreCorrupted),
        (f'{SETTING_UP} "{OUT}": No such file or directory', (), errors.StoreCorrupted),
        ("error: Nix daemon disconnected unexpectedly (maybe it crashed?)", (), errors.NixFailed),
    ],
)
def test_messages_have_their_kind(text: str, tail: tuple[str, ...], kind: type[WasmwrightError]):
    assert type(judged(text, tail=tail)) is kind


def test_a_full_disk_is_told_without_tracebacks():
    tail = ("Traceback (most recent call last):", "  open(path)", "OSError: [Errno 28] No space left on device")
    quoted = "\n".join(f"       > {line}" for line in tail)
    error = judged(f"{OLD};\n       last 3 log lines:\n{quoted}\n       {SEEMS_FULL}", tail=tail)
    assert type(error) is errors.DiskFull
    assert error.excerpt == "OSError: [Errno 28] No space left on device"


def test_an_interruption_is_nixs_own_and_whole_word():
    def is_told(*said: str) -> bool:
        return is_interruption(Evidence(errors=said, built=True))

    assert is_told(OLD, "error: interrupted by the user")
    assert is_told("error:\n       … while evaluating x\n\n       error: interrupted by the user")
    assert not is_told(f"{OLD};\n       last 1 log lines:\n       > error: interrupted by the user")
    assert not is_told(LEFT.format("x\n       error: interrupted by the user"))


def test_what_a_library_prints_raw_is_judged_line_by_line():
    text = "warning: hm\nerror: interrupted\nerror: cannot connect to daemon at x"
    assert type(judged(text, built=False)) is errors.NixUnavailable


def test_a_full_disk_is_told_with_its_place():
    place = "… writing file '/tmp/nix-build-x.drv-1/build/.attrs.sh'"
    reason = "error: writing to file: No space left on device"
    assert judged(f"error:\n       {place}\n\n       {reason}").excerpt == f"{place}\n{reason}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NO_ATTRIBUTE, "the flake has no `nothere`"),
        (NO_PACKAGE, "the flake has no `new-wasm`"),
        ("error: attribute 'foo' missing\n  at /nix/store/x/flake.nix:20:15", "attribute 'foo' missing"),
        (THROWN, "pkgs/x: bad value"),
        (
            "error: unable to download 'https://host/x.tar.gz': Could not resolve hostname",
            "an input of the flake cannot be fetched: unable to download 'https://host/x.tar.gz'",
        ),
    ],
)
def test_evaluation_errors_say_the_innermost(text: str, message: str):
    error = judged(text, built=False)
    assert isinstance(error, errors.EvaluationFailed)
    assert str(error).endswith(message)


def test_foreign_checkout_hints_at_git():
    error = judged("error: repository path '/srv/x/' is not owned by current user", built=False)
    assert error.hint == "`git config --global --add safe.directory /srv/x/`"


def test_unknown_failure_keeps_its_reason():
    text = f"error: Cannot build '{DRV}'.\n       Reason: missing system features\n       Required features: {{emcc}}"
    error = judged(text)
    assert type(error) is errors.NixFailed
    assert str(error) == f"Nix failed: Cannot build '{DRV}'. Reason: missing system features"


@pytest.mark.parametrize("text", ["> a line", "error:> a line", "error:", "error:\n", "\n>", "error:\nerror:"])
def test_words_that_are_none_of_nixs_say_nothing(text: str):
    assert type(judged(text)) is errors.NixFailed
    assert failures(Evidence(errors=[text], built=True)) == {}


def test_silence_is_said_too():
    assert str(failure(Evidence(errors=[], built=False))) == "Nix failed: it did not say why"


def test_last_error_leaves_the_trace_out():
    assert last_error("error:\n  … while x\n\n  error: deep\n  at y") == "deep"


# Each would take hours if parts of it were looked at twice.
@pytest.mark.parametrize(
    "piece", ["\n", " ", "error:", "\n error:", "> ", "'", "/nix/store/", ": No space left on device", "a.b."]
)
def test_long_errors_take_no_time(piece: str):
    text = f"error: x{piece * 100_000}"
    assert failure(Evidence(errors=[text], built=True, tails={DRV: [piece * 300] * 400}))
    assert failures(Evidence(errors=[text, OLD], built=True)).keys() == {DRV}


def test_unrepaired_paths_are_listed_once():
    text = f"{NOT_REPAIRED}\nwarning: not all store errors were fixed\n{NOT_REPAIRED}"
    assert unrepaired(text) == [OUT]
