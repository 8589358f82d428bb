"""The logs of derivations: each in a file of its own, with a cap, and the last lines at hand."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from wasmwright.limits import LOG_SIZE
from wasmwright.plaintext import shortened
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Enough for a compiler's first error to be among them, where a hundred files fail at once.
KEPT_LINES = 400
_LINE = 2000
_HASH_LENGTH = 12
_NAME_LENGTH = 160
# What a log that is too long ends with.
_END_LINES = 1000


@dataclass(kw_only=True)
class BuildLog:
    """The log of one derivation. The file is open from its first line until `close`, and is added to afterwards."""

    path: Path
    drv: str
    last: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    problem: OSError | None = None
    _size: int = 0
    _left_out: int = 0
    _end: deque[str] = field(default_factory=lambda: deque(maxlen=_END_LINES))
    _file: IO[str] | None = None
    _is_new: bool = True

    def add(self, line: str) -> None:
        """Keep a line; what cannot be written is `problem`, and the build goes on without its log."""
        short = shortened(line, _LINE)
        self.last.append(short)
        self._size += len(line) + 1
        if self._size > LOG_SIZE.most:
            self._left_out += 1
            self._end.append(short)
        elif self.problem is None:
            try:
                self._opened().write(f"{line}\n")
            except OSError as error:
                self.problem = error
                self._drop()

    def close(self) -> None:
        """Write what is left, and how much is not."""
        try:
            if self._left_out and self.problem is None:
                self._write_end()
            if self._file is not None:
                self._file.close()
        except OSError as error:
            self.problem = error
            self._drop()
        self._file, self._left_out = None, 0
        self._end.clear()

    def _opened(self) -> IO[str]:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            mode = "w" if self._is_new else "a"
            self._file = self.path.open(mode, buffering=1, encoding="utf-8", errors="backslashreplace")
            self._is_new = False
        return self._file

    def _write_end(self) -> None:
        skipped = self._left_out - len(self._end)
        file = self._opened()
        if skipped:
            file.write(
                f"[wasmwright keeps {LOG_SIZE} of a log: {skipped:,} lines are left out here; "
                f"`./wasmwright nix -- log {self.drv}` has all]\n"
            )
        file.writelines(f"{line}\n" for line in self._end)

    def _drop(self) -> None:
        """Let go of a file that cannot be written: closing it tries again, and fails again."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
        self._file = None


@dataclass(kw_only=True)
class BuildLogs:
    """The logs of one Nix command, in `folder`."""

    folder: Path
    _logs: dict[str, BuildLog] = field(default_factory=dict)

    def of(self, drv: str) -> BuildLog:
        """The log of a derivation, made when it is first asked for."""
        if drv not in self._logs:
            self._logs[drv] = BuildLog(path=log_file(self.folder, drv), drv=drv)
        return self._logs[drv]

    def path(self, drv: str) -> Path | None:
        """The file with what a derivation said, if it has said anything that could be kept."""
        log = self._logs.get(drv)
        return None if log is None or log.problem is not None else log.path

    @property
    def tails(self) -> Mapping[str, Sequence[str]]:
        """The last lines of each derivation."""
        return {drv: log.last for drv, log in self._logs.items()}

    def close(self) -> None:
        """Close all files."""
        for log in self._logs.values():
            log.close()


def log_file(folder: Path, drv: str) -> Path:
    """Where the log of a derivation is kept: its name, and enough of its hash to tell two of that name apart."""
    store_hash = drv.rsplit("/", 1)[-1].split("-", 1)[0]
    return folder / f"{short_name(drv)[:_NAME_LENGTH]}-{store_hash[:_HASH_LENGTH]}.log"
