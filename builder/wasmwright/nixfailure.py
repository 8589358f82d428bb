"""What went wrong, from what Nix said. Pure. Knows the wording of Nix 2.24 to 2.34."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wasmwright.buildcause import advice, import_advice, telling_lines
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
from wasmwright.names import NO_SIMD, attribute
from wasmwright.plaintext import shortened
from wasmwright.progress import short_name
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.failure import WasmwrightError

TAIL_LINES = 15
_DRV = r"['\"](?P<drv>/nix/store/[^'\"/]+\.drv)['\"]"
_HOW = r"failed(?: with exit code (?P<code>\d+)| due to signal (?P<signal>\d+)| to (?P<output>produce output path))?"
_BUILDER = (re.compile(rf"builder for {_DRV} {_HOW}"), re.compile(rf"Cannot build {_DRV}\.\s+Reason: builder {_HOW}"))
_WRONG_HASH = re.compile(rf"hash mismatch in fixed-output derivation {_DRV}")
_DIFFERS = re.compile(rf"derivation {_DRV} may not be deterministic: output ['\"]/nix/store/[^'\"]+['\"] differs")
_LEFT = re.compile(
    r"file ['\"](?P<drv>/nix/store/[^'\"/]+\.drv)\.chroot/.*['\"] has an unsupported type(?: of [^'\"]*)?\Z", re.DOTALL
)
_FAILED = (
    *_BUILDER,
    re.compile(rf"Cannot build {_DRV}\.\s+Reason: (?!\d+ dependenc)"),
    _WRONG_HASH,
    re.compile(rf"derivation {_DRV} may not be deterministic"),
    re.compile(rf"an? '[^']*' with features \{{[^}}]*\}} is required to build {_DRV}"),
    _LEFT,
)
# Nix's own word about a builder that failed; it has asked the file system.
_SEEMS_FULL = "note: build failure may have been caused by lack of free disk space"
_NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded")
# Where the system's reason stands, behind what could not be done; a file's name in quotes stands before it.
_NO_SPACE_FOR_NIX = re.compile(r"(?:: (?:No space left on device|Disk quota exceeded))\Z")
_DATABASE = re.compile(
    r"[a-z ]*SQLite (?:statement|database|query)\b.*(?P<what>database or disk is full|malformed)", re.DOTALL
)
_NOT_IN_STORE = re.compile(r"wasmwright: source (\S+) .*is not in the store: run \./wasmwright fetch")
_NO_SANDBOX = re.compile(
    r"this system does not support the kernel namespaces|cannot perform a sandboxed build"
    r"|unable to start build process|cloning builder process|creating a user namespace"
    r"|user namespaces (?:do not work on this system|appear to be disabled)"
)
_SETTING_UP = "while setting up the build environment"
_REFUSED = re.compile(r"(?:not permitted|denied)\Z")
_CORRUPTED = re.compile(
    r"path ['\"](?P<a>/nix/store/[^'\"]+)['\"] (?:was modified|is corrupted|disappeared|does not exist in the store)"
    r"|(?:getting (?:status|attributes) of(?: path)?|opening file|reading file) ['\"](?P<b>/nix/store/[^'\"]+)['\"]"
    r".*No such file"
    r"|hash mismatch (?:importing|in) path ['\"](?P<c>/nix/store/[^'\"]+)['\"]"
)
_NO_DAEMON = re.compile(r"cannot connect to (?:socket|daemon)|cannot open connection to remote store 'daemon'")
_INFRASTRUCTURE = re.compile(
    r"(?:Nix )?daemon disconnected unexpectedly|Failed to find a machine|failed to start SSH connection"
)
_INTERRUPTED = "interrupted by the user"
_NO_ATTRIBUTE = re.compile(r"does not provide attribute (?:.*)'([^']+)'|attribute '([^']+-wasm)' missing")
_NOT_OWNED = re.compile(r"repository path '([^']+)' is not owned by current user")
_NO_FETCH = re.compile(r"unable to download '([^']+)'|Could not resolve host")
_EVALUATION = re.compile(
    r"while evaluating|while calling|undefined variable|syntax error|attribute '|infinite recursion|cached failure"
    r"|import-from-derivation|flake '|access to absolute path|getting status of '/nix/store/[^']+-source"
)
_PROFILE = re.compile(r"-(\d{4}_\d+)(?:-import)?$")
_IMPORT_TEST = re.compile(rf"{attribute('(.+)')}-.+-import$")
_KEPT = re.compile(r"note: keeping build directory ['\"](?P<folder>/[^'\"\n]+)['\"]")
# What a build program of ours makes; `wasmwright shell` enters no other.
_SHELL = re.compile(r"-(?:wheel(?:-\d{4}_\d+)?|library)$")
# What `wasmwright build` builds by a name: not the toolchain, nor what is made of packages.
_PACKAGE = re.compile(r"-wasm-|-(?:wheel(?:-\d{4}_\d+)?|library)$")
_KILLED = "9"
# Of Nix's words in one line, in characters.
_LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one error says itself, the `frames` that lead there, and the lines of a build that it repeats."""

    text: str
    frames: str = ""
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known of a Nix command that failed, or of one derivation in it.

    `errors` are Nix's own words, and the only ones that say what happened. `tails` are the last lines of builds, which
    say what they like: they are shown. `notes` may be Nix's, or a builder's. `full` says which folder the file system
    had no room in when a build spoke of that.
    """

    errors: Sequence[str]
    built: bool
    notes: Sequence[str] = ()
    tails: Mapping[str, Sequence[str]] = field(default_factory=dict)
    full: Mapping[str, Path] = field(default_factory=dict)
    log_of: Callable[[str], Path | None] = lambda _: None

    @property
    def text(self) -> str:
        """All errors."""
        return "\n".join(self.errors)

    @cached_property
    def statements(self) -> list[Statement]:
        """What the errors say."""
        return [one for error in self.errors for one in statements(error)]

    def of(self, drv: str) -> Evidence:
        """What was said of this derivation, and by it."""
        # A build's folder is named after it.
        named = re.compile(rf"/nix-build-{re.escape(short_name(drv))}\.drv-")
        return Evidence(
            errors=list(dict.fromkeys(error for error in self.errors if failed_derivation(error) == drv)),
            built=self.built,
            notes=[note for note in self.notes if _KEPT.fullmatch(note) is None or named.search(note)],
            tails={drv: self.tails[drv]} if drv in self.tails else {},
            full={drv: self.full[drv]} if drv in self.full else {},
            log_of=self.log_of,
        )


def statements(error: str) -> list[Statement]:
    """Take apart what Nix prints: one or more errors, each of which begins at the beginning of a line.

    Lines of builds that Nix repeats, behind `>`, are no words of its own.
    """
    parts = re.split(r"^error:", error, flags=re.MULTILINE)
    return [_statement(part) for part in parts[1:] or parts if part.strip()]


def _statement(part: str) -> Statement:
    lines = part.split("\n")
    own = [line for line in lines if not line.lstrip().startswith(">")]
    quoted = tuple(line.strip().removeprefix(">").removeprefix(" ") for line in lines if line.lstrip().startswith(">"))
    text = "\n".join(own)
    if own and own[0].strip():
        return Statement(text=text.strip(), quoted=quoted)
    frames, found, inner = text.partition("error:")
    return Statement(text=(inner if found else text).strip(), frames=frames if found else "", quoted=quoted)


def failed_derivation(error: str) -> str | None:
    """The derivation that one of Nix's errors says has failed itself, not for want of another."""
    told = (pattern.match(one.text) for one in statements(error) for pattern in _FAILED)
    return next((match["drv"] for match in told if match), None)


def is_interruption(said: Evidence) -> bool:
    """Whether Nix ended because the user wanted it to."""
    return any(one.text == _INTERRUPTED for one in said.statements)


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


def kept_folder(said: Evidence) -> str | None:
    """The folder that Nix says it has kept; a build may have said so too, but not after Nix."""
    found = [match["folder"] for note in said.notes if (match := _KEPT.fullmatch(note))]
    return found[-1] if found else None


def unrepaired(text: str) -> list[str]:
    """The store paths that `nix-store --verify --repair` says it could not mend."""
    return list(dict.fromkeys(re.findall(r"cannot repair path ['\"](/nix/store/[^'\"]+)['\"]", text)))


def last_error(text: str) -> str:
    """The innermost error, without the trace that leads to it."""
    found = statements(text)
    if not found:
        return ""
    parts = [part.strip() for part in re.split(r"^[ \t]*error:", found[-1].text, flags=re.MULTILINE) if part.strip()]
    first, _, rest = (parts[-1] if parts else "").partition("\n")
    reason = rest.strip().split("\n")[0]
    told = f"{first.strip()} {reason}" if reason.startswith("Reason:") else first.strip()
    return shortened(told, _LONGEST)


def _match(said: Evidence, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    """Where a statement begins as one of the patterns says: further on it may hold names that a build has chosen."""
    tried = (pattern.match(one.text) for one in said.statements for pattern in patterns)
    return next((match for match in tried if match), None)


def _disk(said: Evidence) -> WasmwrightError | None:
    builder = _match(said, *_BUILDER)
    drv = builder["drv"] if builder else None
    place = said.full.get(drv) if drv else None
    by_nix = [one for one in said.statements if _is_full(one)]
    if not by_nix and place is None:
        return None
    # Nix's frames, or a program's traceback, would hide the lines that count.
    frames = [line.strip() for one in by_nix for line in one.frames.split("\n") if "… writing file" in line]
    lines = list(said.tails.get(drv, ())) if drv else []
    telling = [line.strip() for line in lines if _NO_SPACE.search(line)]
    own = [f"error: {one.text}" for one in by_nix if builder is None]
    return DiskFull(
        f"no space left in {place} while Nix was working"
        if place
        else "no space left on the disk while Nix was working",
        hint="make room where Nix builds (TMPDIR, else /tmp) or in its store (`./wasmwright nix -- store gc` removes "
        "what no root needs), and run the same command again",
        excerpt="\n".join(dict.fromkeys([*frames, *own, *telling][-TAIL_LINES:]))
        or (_tail(said, drv) if drv else None),
        log=said.log_of(drv) if drv else None,
    )


def _is_full(one: Statement) -> bool:
    database = _DATABASE.match(one.text)
    has_failed = any(pattern.match(one.text) for pattern in _BUILDER)
    return (
        _NO_SPACE_FOR_NIX.search(one.text) is not None
        or (database is not None and database["what"] != "malformed")
        or (has_failed and _SEEMS_FULL in one.text)
    )


def _source(said: Evidence) -> WasmwrightError | None:
    if wrong := _match(said, _WRONG_HASH):
        return HashMismatch(
            f"{short_name(wrong['drv'])} is not the file that its lock names", excerpt=_excerpt(said.text)
        )
    builder = _match(said, *_BUILDER)
    if builder is None:
        return None
    # A build may say what it likes; only the source itself knows.
    name = short_name(builder["drv"])
    said_so = (_NOT_IN_STORE.fullmatch(line) for line in said.tails.get(builder["drv"], ()))
    if not any(match and match[1] == name for match in said_so):
        return None
    return SourceMissing(f"the source {name} is not in the store", hint="run `./wasmwright fetch`, then this again")


def _sandbox(said: Evidence) -> WasmwrightError | None:
    refused = any(_SETTING_UP in one.frames and _REFUSED.search(one.text) for one in said.statements)
    if not refused and _match(said, _NO_SANDBOX) is None:
        return None
    return SandboxUnavailable(
        "this machine gives no user namespaces, so Nix cannot build in a sandbox",
        hint="allow unprivileged user namespaces, or add `--no-sandbox` (or WASMWRIGHT_NO_SANDBOX=1): the build then "
        "sees the machine's files",
        excerpt=_excerpt(said.text),
    )


def _differs(said: Evidence) -> WasmwrightError | None:
    match = _match(said, _DIFFERS)
    if match is None:
        return None
    return NotReproducible(f"two builds of {short_name(match['drv'])} differ", excerpt=_excerpt(said.text))


def _builder(said: Evidence) -> WasmwrightError | None:
    if left := _match(said, _LEFT):
        return BuildFailed(
            f"the build of {short_name(left['drv'])} left something that is no file, folder or link",
            log=said.log_of(left["drv"]),
            excerpt=_excerpt(said.text),
        )
    match = _match(said, *_BUILDER)
    if match is None:
        return None
    drv, code, signal = match["drv"], match["code"], match["signal"]
    name = short_name(drv)
    how = f" with exit code {code}" if code else f" by signal {signal}" if signal else ""
    how = ": it left no output" if match["output"] else how
    excerpt = _tail(said, drv)
    if test := _IMPORT_TEST.match(name):
        built = f"the wheel itself is built: `./wasmwright build {test[1]}{_target_options(name)} --no-test`"
        return TestsFailed(
            f"{test[1]} cannot be imported in the runtime, or gives wrong results there",
            log=said.log_of(drv),
            excerpt=excerpt,
            hint="\n".join(filter(None, [import_advice((excerpt or "").split("\n"), test[1]), built])),
        )
    hints = [advice((excerpt or "").split("\n")) if _SHELL.search(name) else None]
    hints.append(_build_hint(name, killed=signal == _KILLED, kept=kept_folder(said)))
    return BuildFailed(
        f"the build of {name} failed{how}",
        log=said.log_of(drv),
        excerpt=excerpt,
        hint="\n".join(hint for hint in hints if hint) or None,
    )


def _tail(said: Evidence, drv: str) -> str | None:
    """The lines of a build that tell most; those that Nix repeats where its log was not seen."""
    lines = said.tails.get(drv) or [line for one in said.statements for line in one.quoted]
    return "\n".join(telling_lines(lines, TAIL_LINES)) or None


def _build_hint(name: str, *, killed: bool, kept: str | None) -> str | None:
    if killed:
        return "the kernel killed it, most often for want of memory: try again with `--jobs 1`, or with more memory"
    package = re.sub(r"-(?:wasm|\d).*$", "", name)
    if kept is not None and _SHELL.search(name):
        enter = f"./wasmwright shell {package}{_target_options(name)}"
        return f"`{enter}` enters the build's folder, which is kept: {kept}"
    if kept is not None:
        return f"the build's folder is kept: {kept}"
    if not _PACKAGE.search(name):
        return None
    again = f"./wasmwright build {package}{_target_options(name)} --keep-failed"
    return f"`{again}` keeps the build's folder and says where it is"


def _target_options(name: str) -> str:
    """What a command says to build this derivation, by its name, which ends with its profile's or is a library's."""
    match = _PROFILE.search(name)
    return (f" --profile {match[1]}" if match else "") + (" --no-simd" if NO_SIMD in name else "")


def _corrupted(said: Evidence) -> WasmwrightError | None:
    match = _match(said, _CORRUPTED)
    if match is not None and (said.built or "-source/" not in match[0]):
        where = next(group for group in match.groups() if group)
    elif (database := _match(said, _DATABASE)) is not None and database["what"] == "malformed":
        where = "its database is malformed"
    else:
        return None
    return StoreCorrupted(
        f"the Nix store is damaged: {where}",
        hint="repair it with `./wasmwright doctor --repair`, then run the same command again",
        excerpt=_excerpt(said.text),
    )


def _daemon(said: Evidence) -> WasmwrightError | None:
    if _match(said, _NO_DAEMON) is None:
        return None
    return NixUnavailable(
        "the Nix daemon does not answer",
        hint="start it (`sudo systemctl start nix-daemon`), or set WASMWRIGHT_NIX=private",
        excerpt=_excerpt(said.text),
    )


def _machine(said: Evidence) -> WasmwrightError | None:
    if _match(said, _INFRASTRUCTURE) is None:
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


def _excerpt(text: str) -> str | None:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-TAIL_LINES:]) or None
