"""What went wrong, from what Nix said. Pure. Knows the wording of Nix 2.24 to 2.34."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.errors import (
    BuildFailed,
    DiskFull,
    EvaluationFailed,
    HashMismatch,
    NixFailed,
    NixUnavailable,
    NotReproducible,
    SandboxUnavailable,
    SourceMissing,
    StoreCorrupted,
)
from wasmwright.names import attribute
from wasmwright.progress import failed_derivation, short_name
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.failure import WasmwrightError

TAIL_LINES = 15
KEPT_LINES = 80
# As compilers write it: file, line, perhaps column.
_COMPILER_ERROR = re.compile(r"\S+:\d+(?::\d+)?: (?:fatal )?error:")
_DRV = r"'(?P<drv>/nix/store/[^']+\.drv)'"
_HOW = r"failed(?: with exit code (?P<code>\d+)| due to signal (?P<signal>\d+)| to (?P<output>produce output path))?"
_BUILDER = (re.compile(rf"builder for {_DRV} {_HOW}"), re.compile(rf"Cannot build {_DRV}\.\s+Reason: builder {_HOW}"))
_NOT_IN_STORE = re.compile(r"wasmwright: source (\S+) .*is not in the store")
_NO_SPACE = re.compile(r"No space left on device|database or disk is full|Disk quota exceeded")
_NO_SANDBOX = re.compile(
    r"does not support the kernel namespaces|cannot perform a sandboxed build"
    r"|unable to start build process|cloning builder process"
    r"|while setting up the build environment.*(?:not permitted|denied)|creating a user namespace",
    re.DOTALL,
)
_CORRUPTED = re.compile(
    r"path '(?P<a>/nix/store/[^']+)' (?:was modified|is corrupted|disappeared|does not exist in the store)"
    r"|(?:getting (?:status|attributes) of(?: path)?|opening file|reading file) ['\"](?P<b>/nix/store/[^'\"]+)['\"]"
    r".*No such file"
    r"|hash mismatch (?:importing|in) path '(?P<c>/nix/store/[^']+)'"
    r"|(?P<d>database disk image is malformed)"
)
_NO_DAEMON = re.compile(r"cannot connect to (?:socket|daemon)|cannot open connection to remote store 'daemon'")
_DIFFERS = re.compile(rf"derivation {_DRV} may not be deterministic: output ['\"]/nix/store/[^'\"]+['\"] differs")
_NO_ATTRIBUTE = re.compile(r"does not provide attribute (?:.*)'([^']+)'|attribute '([^']+-wasm)' missing")
_INFRASTRUCTURE = re.compile(
    r"daemon disconnected unexpectedly|Failed to find a machine|failed to start SSH connection"
)
_NOT_OWNED = re.compile(r"repository path '([^']+)' is not owned by current user")
_NO_FETCH = re.compile(r"unable to download '([^']+)'|Could not resolve host")
_EVALUATION = re.compile(
    r"while evaluating|while calling|undefined variable|syntax error|attribute '|infinite recursion|cached failure"
    r"|import-from-derivation|flake '|access to absolute path|getting status of '/nix/store/[^']+-source"
)
_WRONG_HASH = re.compile(rf"hash mismatch in fixed-output derivation {_DRV}")
_PROFILE = re.compile(r"-(\d{4}_\d+)(?:-import)?$")
_IMPORT_TEST = re.compile(rf"{attribute('(.+)')}-.+-import$")
_KEPT = re.compile(r"keeping build directory ['\"]([^'\"]+)['\"]")
# What a build program of ours makes; `wasmwright shell` enters no other.
_SHELL = re.compile(r"-(?:wheel(?:-\d{4}_\d+)?|library)$")
_KILLED = "9"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known of a Nix command that failed, or of one derivation in it."""

    errors: Sequence[str]
    built: bool
    notes: Sequence[str] = ()
    tails: Mapping[str, Sequence[str]] = field(default_factory=dict)
    log_of: Callable[[str], Path | None] = lambda _: None

    @property
    def text(self) -> str:
        """All errors."""
        return "\n".join(self.errors)

    @property
    def everything(self) -> str:
        """All errors, and the last lines of the builds."""
        return "\n".join([self.text, *("\n".join(lines) for lines in self.tails.values())])

    def of(self, drv: str) -> Evidence:
        """What was said of this derivation, and by it."""
        # A build's folder is named after it.
        named = re.compile(rf"nix-build-{re.escape(short_name(drv))}\.drv-")
        notes = [note for note in self.notes if named.search(note) or _KEPT.search(note) is None]
        return Evidence(
            errors=list(dict.fromkeys(error for error in self.errors if failed_derivation(error) == drv)),
            built=self.built,
            notes=notes,
            tails={drv: self.tails[drv]} if drv in self.tails else {},
            log_of=self.log_of,
        )


def failures(said: Evidence) -> dict[str, WasmwrightError]:
    """Each derivation that failed itself, in the order of Nix's words, judged by what concerns it alone."""
    failed = dict.fromkeys(drv for error in said.errors if (drv := failed_derivation(error)) is not None)
    return {drv: failure(said.of(drv)) for drv in failed}


def failure(said: Evidence) -> WasmwrightError:
    """The error that tells the user what happened and what to do."""
    for judge in (_disk, _source, _sandbox, _differs, _builder, _corrupted, _daemon, _machine, _evaluation):
        error = judge(said)
        if error is not None:
            return error
    return NixFailed(f"Nix failed: {last_error(said.text) or 'it did not say why'}", excerpt=_excerpt(said.text))


def _failed_builder(text: str) -> re.Match[str] | None:
    """Where the text says which builder failed; the first, for what depends on it fails after it."""
    found = [match for pattern in _BUILDER if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start()) if found else None


def unrepaired(text: str) -> list[str]:
    """The store paths that `nix-store --verify --repair` says it could not mend."""
    return list(dict.fromkeys(re.findall(r"cannot repair path ['\"](/nix/store/[^'\"]+)['\"]", text)))


def last_error(text: str) -> str:
    """The innermost error, without the trace that leads to it."""
    parts = re.split(r"(?:^|\n)\s*error:\s*", text)
    paragraphs = [part.strip() for part in parts if part.strip()]
    if not paragraphs:
        return ""
    first, _, rest = paragraphs[-1].partition("\n")
    reason = rest.strip().split("\n")[0]
    return f"{first.strip()} {reason}" if reason.startswith("Reason:") else first.strip()


def _disk(said: Evidence) -> WasmwrightError | None:
    if _NO_SPACE.search(said.everything) is None:
        return None
    match = _failed_builder(said.text)
    # A program's traceback or Nix's own frames would hide the one line that counts.
    lines = [line.strip().removeprefix("> ") for line in said.everything.splitlines()]
    telling = dict.fromkeys(line for line in lines if _NO_SPACE.search(line) or line.startswith("… writing file"))
    return DiskFull(
        "no space left on the disk while Nix was working",
        hint="make room where Nix builds (TMPDIR, else /tmp) or in its store (`./wasmwright nix -- store gc` removes "
        "what no root needs), and run the same command again",
        excerpt="\n".join(list(telling)[-TAIL_LINES:]),
        log=said.log_of(match["drv"]) if match else None,
    )


def _source(said: Evidence) -> WasmwrightError | None:
    if wrong := _WRONG_HASH.search(said.text):
        return HashMismatch(
            f"{short_name(wrong['drv'])} is not the file that its lock names", excerpt=_excerpt(said.text)
        )
    match = _NOT_IN_STORE.search(said.everything)
    builder = _failed_builder(said.text)
    # A build may say what it likes; only the source itself knows.
    if match is None or (builder is not None and short_name(builder["drv"]) != match[1]):
        return None
    return SourceMissing(f"the source {match[1]} is not in the store", hint="run `./wasmwright fetch`, then this again")


def _sandbox(said: Evidence) -> WasmwrightError | None:
    if _NO_SANDBOX.search(said.text) is None:
        return None
    return SandboxUnavailable(
        "this machine gives no user namespaces, so Nix cannot build in a sandbox",
        hint="allow unprivileged user namespaces, or add `--no-sandbox` (or WASMWRIGHT_NO_SANDBOX=1): the build then "
        "sees the machine's files",
        excerpt=_excerpt(said.text),
    )


def _differs(said: Evidence) -> WasmwrightError | None:
    match = _DIFFERS.search(said.text)
    if match is None:
        return None
    return NotReproducible(f"two builds of {short_name(match['drv'])} differ", excerpt=_excerpt(said.text))


def _builder(said: Evidence) -> WasmwrightError | None:
    match = _failed_builder(said.text)
    if match is None:
        return None
    drv, code, signal = match["drv"], match["code"], match["signal"]
    name = short_name(drv)
    how = f" with exit code {code}" if code else f" by signal {signal}" if signal else ""
    how = ": it left no output" if match["output"] else how
    if test := _IMPORT_TEST.match(name):
        return TestsFailed(
            f"{test[1]} cannot be imported in the runtime, or gives wrong results there",
            log=said.log_of(drv),
            excerpt=_tail(said, drv),
            hint=f"the wheel itself is built: `./wasmwright build {test[1]}{_profile_option(name)} --no-test`",
        )
    return BuildFailed(
        f"the build of {name} failed{how}",
        log=said.log_of(drv),
        excerpt=_tail(said, drv),
        hint=_build_hint(name, killed=signal == _KILLED, kept=_KEPT.search("\n".join(said.notes))),
    )


def _tail(said: Evidence, drv: str) -> str | None:
    """The last lines of a build, or those from a compiler's first error on where that stands above."""
    lines = list(said.tails.get(drv) or _quoted_tail(said.text))
    last = max(len(lines) - TAIL_LINES, 0)
    begin = min(last, next((at for at, line in enumerate(lines) if _COMPILER_ERROR.match(line)), last))
    return "\n".join(lines[begin : begin + TAIL_LINES]) or None


def _build_hint(name: str, *, killed: bool, kept: re.Match[str] | None) -> str:
    if killed:
        return "the kernel killed it, most often for want of memory: try again with `--jobs 1`, or with more memory"
    package = re.sub(r"-(?:wasm|\d).*$", "", name)
    if kept is not None and _SHELL.search(name):
        enter = f"./wasmwright shell {package}{_profile_option(name)}"
        return f"`{enter}` enters the build's folder, which is kept: {kept[1]}"
    if kept is not None:
        return f"the build's folder is kept: {kept[1]}"
    again = f"./wasmwright build {package}{_profile_option(name)} --keep-failed"
    return f"`{again}` keeps the build's folder and says where it is"


def _profile_option(name: str) -> str:
    """What a command says to build this derivation: its name ends with its profile's, or with none for a library."""
    match = _PROFILE.search(name)
    return f" --profile {match[1]}" if match else ""


def _corrupted(said: Evidence) -> WasmwrightError | None:
    match = _CORRUPTED.search(said.everything)
    if match is None or (not said.built and "-source/" in match[0]):
        return None
    where = next(group for group in match.groups() if group)
    return StoreCorrupted(
        f"the Nix store is damaged: {where}",
        hint="repair it with `./wasmwright doctor --repair`, then run the same command again",
        excerpt=_excerpt(said.text),
    )


def _daemon(said: Evidence) -> WasmwrightError | None:
    if _NO_DAEMON.search(said.text) is None:
        return None
    return NixUnavailable(
        "the Nix daemon does not answer",
        hint="start it (`sudo systemctl start nix-daemon`), or set WASMWRIGHT_NIX=private",
        excerpt=_excerpt(said.text),
    )


def _machine(said: Evidence) -> WasmwrightError | None:
    if _INFRASTRUCTURE.search(said.text) is None:
        return None
    return NixFailed(
        "a build machine failed, not the build", hint="run the same command again", excerpt=_excerpt(said.text)
    )


def _evaluation(said: Evidence) -> WasmwrightError | None:
    if said.built:
        return None
    excerpt = _excerpt(said.text)
    if match := _NOT_OWNED.search(said.text):
        hint = f"`git config --global --add safe.directory {match[1].removesuffix('/.git/').removesuffix('/.git')}`"
        return NixFailed("git refuses this checkout: it belongs to another user", hint=hint, excerpt=excerpt)
    if match := _NO_ATTRIBUTE.search(said.text):
        hint = "Nix sees only files that git tracks: `git add` what is new; `./wasmwright nix -- flake show` lists all"
        return EvaluationFailed(f"the flake has no `{match[1] or match[2]}`", hint=hint, excerpt=excerpt)
    if match := _NO_FETCH.search(said.text):
        hint = "only `legacyPackages` and `overlays` need the flake's inputs; all else builds without them"
        return EvaluationFailed(f"an input of the flake cannot be fetched: {match[0]}", hint=hint, excerpt=excerpt)
    if _EVALUATION.search(said.text):
        hint = "`./wasmwright nix -- flake check --no-build --show-trace` tells the whole way there"
        return EvaluationFailed(f"Nix cannot evaluate the flake: {last_error(said.text)}", hint=hint, excerpt=excerpt)
    return None


def _quoted_tail(text: str) -> list[str]:
    # Both forms repeat the last lines of the log as `       > line`.
    return [line.strip().removeprefix("> ") for line in text.splitlines() if line.lstrip().startswith("> ")]


def _excerpt(text: str) -> str | None:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-TAIL_LINES:]) or None
