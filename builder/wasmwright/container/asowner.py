"""`python -m wasmwright.container.asowner FOLDER COMMAND...`: what images start, so that files belong to their user.

As root, the command is run as the owner of FOLDER, which the user has mounted. Where that is root, it stays so: in a
container without rights on the machine, root is the user. Any other user, as with `docker run --user`, is left alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NOT_FOUND = 127
_NOT_RUN = 126
_REFUSED = 125


def become_owner(folder: Path) -> None:
    """Go on as the owner of the folder. Raises OSError where the container may not do that."""
    owner = folder.stat()
    if os.geteuid() != 0 or owner.st_uid == 0:
        return
    os.setgroups([])
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)


def main(argv: list[str]) -> int:
    """Become the command. The exit codes are a shell's; 125 where the container may not become the owner."""
    folder, *command = argv
    try:
        become_owner(Path(folder))
    except OSError as error:
        sys.stderr.write(
            f"this container may not become the owner of {folder}: {error.strerror}\n"
            '  hint: run it with `--user "$(id -u):$(id -g)"`, or let it: `--cap-add SETUID --cap-add SETGID`\n'
        )
        return _REFUSED
    sys.stderr.flush()
    try:
        os.execvp(command[0], command)  # noqa: S606 - this is what it is for
    except FileNotFoundError:
        sys.stderr.write(f"there is no program {command[0]} in this image\n")
        return _NOT_FOUND
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return _NOT_RUN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
