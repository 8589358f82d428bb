"""The one builder of Nix command lines: JSON in dataclasses out, failures as errors."""

from __future__ import annotations

import json
import re
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from wasmwright import nixfailure
from wasmwright.errors import NixFailed
from wasmwright.nixoutcome import NixEnded, results
from wasmwright.nixwatch import Watch
from wasmwright.plaintext import plain
from wasmwright.process import run, run_streaming
from wasmwright.reading import Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wasmwright.nixoutcome import Derivation, Results
    from wasmwright.nixwatch import Watcher
    from wasmwright.process import Completed

# Command lines have an end; a store path is 100 characters or so.
_BATCH = 500
_STORE = "/nix/store"
# Ended by a signal before it could say so.
_ENDED = {-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP}
_EDGE = re.compile(r'^"([^"]+\.drv)" -> "([^"]+\.drv)"', re.MULTILINE)
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Built:
    """A derivation that is built: its path, the store path of each output, and how long it took if that was now."""

    drv_path: str
    outputs: Mapping[str, str]
    seconds: int | None = None

    @property
    def out(self) -> Path:
        """The first output."""
        return Path(self.outputs.get("out") or next(iter(self.outputs.values())))


@dataclass(frozen=True, kw_only=True)
class Nix:
    """A Nix program with its settings. Every command runs in `root`, the checkout; builders' logs go to `logs`."""

    program: Path
    version: tuple[int, ...]
    private: bool
    config: str
    environment: Mapping[str, str]
    root: Path
    logs: Path
    keep_failed: bool = False

    def env(self) -> dict[str, str]:
        """The environment that makes any Nix program behave as this one."""
        return dict(self.environment)

    def build(
        self,
        installables: Sequence[str],
        *,
        progress: Watcher | None = None,
        out_link: Path | None = None,
        rebuild: bool = False,
    ) -> list[Built]:
        """Build `installables` (such as `.#numpy-wasm`) and return one Built for each, in their order.

        With `out_link` the outputs become GC roots of that name. Raises the error that belongs to the failure.
        """
        options: list[str | Path] = ["--option", "allow-import-from-derivation", "false"]
        options += ["--out-link", out_link] if out_link else ["--no-link"]
        watch = self._watch(progress)
        done = self._build([*options, *["--rebuild"] * rebuild, *installables], watch)
        if done.returncode != 0:
            if watch.was_interrupted or done.returncode in _ENDED:
                raise KeyboardInterrupt
            raise watch.failure()
        with understood():
            return [_built(result) for result in json.loads(done.stdout)]

    def build_all(
        self, derivations: Sequence[Derivation], *, keep_going: bool = False, progress: Watcher | None = None
    ) -> Results:
        """Build derivations and say what became of each; with `keep_going` also after a failure.

        Raises nothing for a build that fails, and no KeyboardInterrupt while Nix runs: the results hold them.
        """
        outputs = {path for derivation in derivations for path in derivation.outputs.values()}
        before = frozenset(self.valid_paths(outputs))
        missing = [one.drv_path for one in derivations if not before.issuperset(one.outputs.values())]
        if not missing:
            return results(derivations, NixEnded(before=before, after=before))
        watch = self._watch(progress, {one.drv_path: tuple(one.outputs.values()) for one in derivations})
        done, interruption = None, None
        try:
            done = self._build(["--no-link", *["--keep-going"] * keep_going, *(f"{path}^*" for path in missing)], watch)
        except KeyboardInterrupt as raised:
            interruption = raised
        succeeded = done is not None and done.returncode == 0
        if done is not None and succeeded:
            with understood():
                built = [_built(result) for result in json.loads(done.stdout)]
            watch.correct({one.drv_path: one.seconds for one in built if one.seconds is not None})
        elif watch.was_interrupted or (done is not None and done.returncode in _ENDED):
            interruption = interruption or KeyboardInterrupt()
        failures = watch.failures()
        ended = NixEnded(
            before=before,
            after=frozenset(self.valid_paths(outputs)),
            failures=failures,
            seconds=watch.seconds,
            needs=self.needs(missing),
            error=None if succeeded or failures or interruption else watch.failure(),
            interruption=interruption,
        )
        return results(derivations, ended)

    def planned(self, derivations: Sequence[Derivation]) -> list[str]:
        """The derivations that would be built for these, each after all that it needs; builds nothing."""
        if not derivations:
            # Nix would take the flake's own default.
            return []
        watch = self._watch(None)
        done = self._build(["--dry-run", *(f"{one.drv_path}^*" for one in derivations)], watch)
        if done.returncode != 0:
            raise watch.failure()
        return watch.tracker.planned

    def show(self, drv_path: str) -> dict[str, Any]:
        """A derivation as Nix prints it."""
        done = self._run(["derivation", "show", drv_path])
        with understood():
            return {**json.loads(done.stdout)}

    def needs(self, drv_paths: Sequence[str]) -> dict[str, frozenset[str]]:
        """What each of these derivations, and of those they need, needs directly."""
        found: dict[str, set[str]] = {path: set() for path in drv_paths}
        for batch in _batches(drv_paths):
            for needed, needing in _EDGE.findall(self._run_store(["--query", "--graph", *batch]).stdout):
                found.setdefault(f"{_STORE}/{needing}", set()).add(f"{_STORE}/{needed}")
        return {path: frozenset(needed) for path, needed in found.items()}

    def eval_json(self, *installable: str, apply: str | None = None) -> object:
        """The value of what `.#numpy-wasm.drvPath` or `--file FILE` names, or of the Nix function `apply` of it."""
        options = ["--option", "allow-import-from-derivation", "false"]
        options += ["--apply", apply] if apply is not None else []
        done = self._run(["eval", "--json", *installable, *options])
        with understood():
            value: object = json.loads(done.stdout)
            return value

    def add_fixed(self, files: Sequence[Path]) -> list[str]:
        """Add files under the names they have, addressed by their sha256; returns their store paths."""
        added: list[str] = []
        for batch in _batches(files):
            added += self._run_store(["--add-fixed", "sha256", *batch]).stdout.split()
        return added

    def add_nar(self, file: Path, name: str) -> str:
        """Add a file or folder as `name`, addressed by its archive; returns its store path."""
        return self._run(["store", "add", "--mode", "nar", "--name", name, str(file)]).stdout.strip()

    def valid_paths(self, paths: Iterable[str]) -> set[str]:
        """Those of `paths` that the store has."""
        asked = list(paths)
        invalid: set[str] = set()
        for batch in _batches(asked):
            invalid |= set(self._run_store(["--check-validity", "--print-invalid", *batch]).stdout.split())
        return set(asked) - invalid

    def setting(self, name: str) -> str:
        """The value of one of Nix's settings."""
        return self._run(["config", "show", name]).stdout.strip()

    def add_root(self, path: str | Path, link: Path) -> None:
        """Make `link` a GC root for a store path."""
        link.parent.mkdir(parents=True, exist_ok=True)
        self._run_store(["--realise", path, "--add-root", link])

    def add_roots(self, paths: Sequence[str], folder: Path) -> None:
        """Make `folder` hold GC roots for these store paths and for no others."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for batch in _batches(paths):
            self._run_store(["--realise", *batch, "--add-root", folder / Path(batch[0]).name])

    def all_paths(self) -> list[Path]:
        """Every path that the store's database says is there."""
        return [Path(line) for line in self._run(["path-info", "--all"]).stdout.split()]

    def repair(self) -> list[str]:
        """Check every file of the store and rebuild what is damaged; returns the paths that could not be rebuilt."""
        done = self._run_store(["--verify", "--check-contents", "--repair"], check=False)
        return nixfailure.unrepaired(done.stderr)

    def delete(self, paths: Sequence[str]) -> None:
        """Take paths out of the store although something may still want them."""
        self._run_store(["--delete", "--ignore-liveness", *paths])

    def _build(self, arguments: Sequence[str | Path], watch: Watch) -> Completed:
        command: list[str | Path] = [self.program, "build", "--json", "--log-format", "internal-json", "-v"]
        command += ["--keep-failed"] * self.keep_failed
        with watch.shown():
            command += arguments
            done = run_streaming(command, env=self.environment, cwd=self.root, on_stderr_line=watch.line)
            watch.finish(succeeded=done.returncode == 0)
            return done

    def _watch(self, progress: Watcher | None, outputs: Mapping[str, Sequence[str]] | None = None) -> Watch:
        """A watch for one command; `outputs` are those of derivations, as far as they are known."""
        temporary = Path(self.environment.get("TMPDIR") or "/tmp")  # noqa: S108 - where Nix builds, too
        return Watch(
            logs=self.logs,
            progress=progress,
            keep_failed=self.keep_failed,
            places=(temporary, Path("/nix/var/nix/builds"), Path(_STORE)),
            without_output=lambda drv_paths: self._without_output(drv_paths, outputs or {}),
        )

    def _without_output(self, drv_paths: Iterable[str], known: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """Those of the derivations of which the store lacks an output."""
        outputs = {drv: known.get(drv) or self._outputs(drv) for drv in drv_paths}
        valid = self.valid_paths({path for paths in outputs.values() for path in paths})
        return frozenset(drv for drv, paths in outputs.items() if not valid.issuperset(paths))

    def _outputs(self, drv_path: str) -> Sequence[str]:
        return self._run_store(["--query", "--outputs", drv_path]).stdout.split()

    def _run(self, arguments: Sequence[str]) -> Completed:
        return self._checked(run([self.program, *arguments], env=self.environment, cwd=self.root, check=False))

    def _run_store(self, arguments: Sequence[str | Path], *, check: bool = True) -> Completed:
        program = self.program.with_name("nix-store")
        done = run([program, *arguments], env=self.environment, cwd=self.root, check=False)
        return self._checked(done) if check else done

    @staticmethod
    def _checked(done: Completed) -> Completed:
        if done.returncode != 0:
            raise nixfailure.failure(nixfailure.Evidence(errors=(plain(done.stderr.strip()),), built=False))
        return done


@contextmanager
def understood() -> Iterator[None]:
    """For taking apart what Nix printed. Raises NixFailed where that is not what Nix is known to print."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        message = f"Nix printed what is no answer of any known Nix ({error})"
        hint = "`./wasmwright nix -- --version` says which one it is; WASMWRIGHT_NIX=private takes one that is known"
        raise NixFailed(message, hint=hint) from None


def _built(result: object) -> Built:
    found = Fields.of(result, "a result")
    if "outputs" not in found.content:
        return Built(drv_path="", outputs={"out": found.text("path")})
    is_timed = "startTime" in found.content and "stopTime" in found.content
    return Built(
        drv_path=found.text("drvPath", ""),
        outputs=found.table("outputs").all_texts(),
        seconds=found.number("stopTime") - found.number("startTime") if is_timed else None,
    )


def exactly_one(results: Sequence[Built]) -> Built:
    """The only result; more or fewer is a fault of the caller's."""
    if len(results) != 1:
        message = f"Nix gave {len(results)} results where one was asked for"
        raise NixFailed(message)
    return results[0]


def _batches(items: Sequence[_T]) -> list[Sequence[_T]]:
    return [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
