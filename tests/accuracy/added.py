"""Takes a file out of a patch that adds it: python added.py PATCH FOLDER FILE ..."""

import sys
from pathlib import Path


def added_file(patch: str, path: str) -> str:
    """Return the text of a file that a patch adds; raises LookupError if it does not."""
    head = f"\n--- /dev/null\n+++ b/{path}\n"
    if head not in patch:
        message = f"the patch adds no {path}"
        raise LookupError(message)
    kept = []
    for line in patch.partition(head)[2].splitlines()[1:]:
        if not line.startswith("+") or line.startswith("+++ "):
            break
        kept.append(line[1:])
    return "\n".join([*kept, ""])


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for name in sys.argv[3:]:
        (Path(sys.argv[2]) / Path(name).name).write_text(added_file(text, name), encoding="utf-8")
