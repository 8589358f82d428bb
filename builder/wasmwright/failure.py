"""What every failure that a user can see is made of. It stands in every derivation: a change here compiles all anew."""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself takes long to import for a compiler's wrapper

if TYPE_CHECKING:
    from pathlib import Path


class WasmwrightError(Exception):
    """Something the user can act on.

    `str(error)` says what is wrong and where; `hint` says what to do next; `log` is the file that tells all;
    `excerpt` holds the few lines of it that matter.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, hint: str | None = None, log: Path | None = None, excerpt: str | None = None
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.log = log
        self.excerpt = excerpt


def told(error: WasmwrightError) -> str:
    """The message; below it, indented, the excerpt's lines and the hint. Ends with a newline."""
    lines = [str(error), *(f"  {line}" for line in (error.excerpt or "").splitlines())]
    lines += [f"  hint: {error.hint}"] if error.hint else []
    return "\n".join(lines) + "\n"
