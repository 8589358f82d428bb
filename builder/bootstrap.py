"""Makes .venv from poetry.lock, without what only developers need, and adds that when asked.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess  # noqa: TID251 - nothing of wasmwright can be imported yet
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

FAILED = 4
INTERRUPTED = 130
LOCK = "poetry.lock"
MAIN, DEV = "main", "dev"
# Copies of the lock in .venv, by the group that is complete: the start script compares the first.
STAMPS = {MAIN: LOCK, DEV: "poetry-dev.lock"}
_WHEELS = Path("/usr/share/python-wheels")
_PROXIES = ("all_proxy", "http_proxy", "https_proxy")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_GRACE_SECONDS = 5.0
_SHOWN_LINES = 6
_SHOWN_WIDTH = 250


class Signalled(KeyboardInterrupt):
    """A signal such as SIGTERM: pip is ended, and then this process."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


class BootstrapError(Exception):
    """Why there is no .venv, what was printed about it, and what to do."""

    def __init__(self, message: str, *, hint: str, output: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.output = output


def main(root: Path, group: str = MAIN) -> int:
    """Make root/.venv, or add the group `dev` to it, unless it belongs to the lock already; returns the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        with _turn(root / ".wasmwright"):
            if not is_fresh(root, group):
                add_tools(root) if group == DEV else renew(root)
    except BootstrapError as error:
        shown = (f"  | {line}" for line in what_matters(error.output))
        is_full = any(os.strerror(number) in error.output for number in _FULL)
        _say("\n".join([f"error: {error}", *shown, f"hint: {_make_room(root) if is_full else error.hint}"]))
        return FAILED
    except KeyboardInterrupt as interruption:
        _say("interrupted; run the same command again to go on")
        return interruption.exit_code if isinstance(interruption, Signalled) else INTERRUPTED
    except OSError as error:
        _say(f"error: {error.strerror}{f': {error.filename}' if error.filename else ''}\nhint: {_advice(error, root)}")
        return FAILED
    return 0


def start(root: Path, arguments: Sequence[str]) -> int:
    """Become the command line, once its environment is there; returns the exit code where that cannot be made."""
    code = main(root)
    if code == 0:
        python = str(root / ".venv/bin/python")
        os.execv(python, [python, "-P", str(root / "builder"), *arguments])  # noqa: S606 - what this file is for
    return code


def is_fresh(root: Path, group: str = MAIN) -> bool:
    """Whether the group in .venv was completed for the present lock: the copy of the lock there is written last."""
    stamp, python = root / ".venv" / STAMPS[group], root / ".venv" / "bin" / "python"
    return os.access(python, os.X_OK) and stamp.exists() and stamp.read_bytes() == (root / LOCK).read_bytes()


def renew(root: Path) -> None:
    """Make .venv anew, and what it had for developers too."""
    had_tools = (root / ".venv" / STAMPS[DEV]).exists()
    make_venv(root)
    if had_tools:
        add_tools(root)


def make_venv(root: Path) -> None:
    """Make .venv anew. What an interrupted run left is removed."""
    venv = root / ".venv"
    if venv.exists() and not os.access(root, os.W_OK):
        message = f"{venv} is not complete, or of a Python that this user may not run"
        raise BootstrapError(message, hint="let its owner run the same command, or use a checkout of your own")
    _say("wasmwright: installing its Python packages into .venv (again only when poetry.lock changes)")
    if venv.is_symlink() or venv.is_file():
        # What a link leads to is another's.
        venv.unlink()
    shutil.rmtree(venv, ignore_errors=True)
    # The versioned name: when the system moves to another Python, the link breaks, and .venv is made anew.
    python = os.path.realpath(sys.executable) if sys.prefix == sys.base_prefix else sys.executable
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as temporary:
        # Python makes none where the path has a `:`, for the sake of PATH, which nobody puts this one on.
        (Path(temporary) / "root").symlink_to(root)
        made = f"{temporary}/root/.venv"
        _run([python, "-m", "venv", "--without-pip", made], "the virtual environment cannot be made")
    _install(root, MAIN)


def add_tools(root: Path) -> None:
    """Add to .venv what only developers need. What an interrupted run left is written over."""
    _say("wasmwright: adding ruff, mypy and pytest to .venv (again only when poetry.lock changes)")
    _install(root, DEV)


def requirement_lines(lock: Mapping[str, Any], group: str) -> Iterator[str]:
    """The lines of a requirements file with hashes: the packages of a group, without those that `main` has too."""
    for package in lock["package"]:
        groups = package["groups"]
        marker = marker_of(package, group)
        is_in_main = MAIN in groups and marker_of(package, MAIN) in ("", marker)
        if group in groups and (group == MAIN or not is_in_main):
            hashes = "".join(f" --hash={file['hash']}" for file in package["files"])
            yield f"{package['name']}=={package['version']}{f' ; {marker}' if marker else ''}{hashes}"


def marker_of(package: Mapping[str, Any], group: str) -> str:
    """The condition under which the group needs the package: its own, or that of all groups."""
    markers = package.get("markers", "")
    return str(markers if isinstance(markers, str) else markers.get(group, ""))


def what_matters(output: str) -> list[str]:
    """The last few lines of what a program printed; of repeated warnings only the last, and nothing endless."""
    lines = output.strip().splitlines()
    warnings = [line for line in lines if line.startswith("WARNING:")]
    kept = [line for line in lines if not line.startswith("WARNING:") or line is warnings[-1]]
    return [line if len(line) <= _SHOWN_WIDTH else f"{line[:_SHOWN_WIDTH]}..." for line in kept[-_SHOWN_LINES:]]


def _install(root: Path, group: str) -> None:
    lock = (root / LOCK).read_bytes()
    venv = root / ".venv"
    options = ["--disable-pip-version-check", "--no-input", "--quiet", "--retries", "2"]
    hint = "pip uses this machine's own settings (`pip config list`): is the index reachable? Then run this again"
    if proxies := [name for name in os.environ if name.lower() in _PROXIES and os.environ[name]]:
        hint = f"does the proxy of {' and '.join(proxies)} answer? {hint}"
    # Half of a package may be there, from an interrupted run.
    chosen = ["--no-deps", "--ignore-installed", "--require-hashes", "--only-binary", ":all:"]
    # Python compiles what it uses at the first use, unless it must not write.
    compiled = [] if sys.dont_write_bytecode else ["--no-compile"]
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as temporary:
        requirements = Path(temporary) / "requirements.txt"
        lines = _read_lock(lock, group)
        requirements.write_text("\n".join(lines) + "\n", encoding="utf-8")
        pip = _find_pip(venv, Path(temporary))
        _run(
            [*pip, *options, "install", *chosen, *compiled, "--requirement", str(requirements)],
            "the Python packages of poetry.lock cannot be installed",
            hint=hint,
        )
    (venv / STAMPS[group]).write_bytes(lock)


def _read_lock(lock: bytes, group: str) -> list[str]:
    try:
        return list(requirement_lines(tomllib.loads(lock.decode()), group))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{LOCK} cannot be read: {error}"
        raise BootstrapError(message, hint=f"restore it: `git checkout -- {LOCK}`") from None


def _find_pip(venv: Path, temporary: Path) -> list[str]:
    """The pip of the environment, or one that runs out of its wheel: the lock has the one to install."""
    python = str(venv / "bin/python")
    if next(venv.glob("lib/python*/site-packages/pip/__main__.py"), None):
        return [python, "-m", "pip"]
    if wheel := next(filter(None, map(_find_pip_wheel, _wheel_folders())), None):
        return [python, f"{wheel}/pip"]
    if importlib.util.find_spec("ensurepip") is not None:
        _run([python, "-m", "ensurepip"], "pip cannot be installed into the virtual environment")
        return [python, "-m", "pip"]
    return [python, f"{_download_pip_wheel(temporary)}/pip"]


def _wheel_folders() -> Iterator[Path]:
    """Where Pythons keep the wheel that `ensurepip` installs."""
    spec = importlib.util.find_spec("ensurepip")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "_bundled"
    yield Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or _WHEELS)
    yield _WHEELS


def _find_pip_wheel(folder: Path) -> Path | None:
    return next(iter(sorted(folder.glob("pip-*.whl"), reverse=True)), None)


def _download_pip_wheel(temporary: Path) -> Path:
    """Debian's pip, as an ordinary user: with package lists of our own, for a container's are often removed."""
    hint = "`sudo apt-get install python3-venv`, then run the same command again"
    without = "this Python has neither `ensurepip` nor pip"
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise BootstrapError(without, hint="install pip for it, then run the same command again")
    _say("wasmwright: this Python has no pip: getting Debian's")
    for folder in ("lists/partial", "cache/archives/partial"):
        (temporary / folder).mkdir(parents=True)
    own = [f"Dir::State::Lists={temporary}/lists", f"Dir::Cache={temporary}/cache", "Debug::NoLocking=1"]
    apt = ["apt-get", "-qq", *(f"-o{option}" for option in [*own, "APT::Sandbox::User="])]
    _run([*apt, "update"], without, hint=hint, cwd=temporary)
    _run([*apt, "download", "python3-pip-whl"], without, hint=hint, cwd=temporary)
    for package in temporary.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(package), "pip"], without, hint=hint, cwd=temporary)
    wheel = _find_pip_wheel(temporary / "pip" / _WHEELS.relative_to("/"))
    if wheel is None:
        raise BootstrapError(without, hint=hint)
    return wheel


def _run(command: Sequence[str], failure: str, *, hint: str | None = None, cwd: Path | None = None) -> None:
    # A `user = true` in pip's settings would refuse a virtual environment.
    environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    process = subprocess.Popen(
        command,
        env=environment,
        # The current folder may be gone.
        cwd=cwd or "/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # A group of its own, so that what it starts can be ended with it.
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        _end_group(process)
        raise
    if process.returncode != 0:
        raise BootstrapError(failure, hint=hint or "run the same command again", output=output)


def _end_group(process: subprocess.Popen[str]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(_GRACE_SECONDS)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise Signalled(number)


def _make_room(root: Path) -> str:
    return f"make room for {root} and in {tempfile.gettempdir()}, and run the same command again"


def _advice(error: OSError, root: Path) -> str:
    if error.errno in _FULL:
        return _make_room(root)
    if error.filename is None:
        return "let TMPDIR name a folder that can be written, and run the same command again"
    return f"{root} has to be writable for this user: use a checkout of your own"


class _turn:  # noqa: N801 - reads as a statement
    """One process at a time; the kernel frees the lock of one that dies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._file = (folder / "venv.lock").open("a")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _say(text: str) -> None:
    if sys.stderr is not None:  # it is closed
        with contextlib.suppress(OSError):
            print(text, file=sys.stderr, flush=True)  # noqa: T201 - there is no command line yet


if __name__ == "__main__":
    ROOT, *REST = sys.argv[1:]
    if REST[1:2] == ["--"]:
        sys.exit(start(Path(ROOT), REST[2:]))
    sys.exit(main(Path(ROOT), *REST))
