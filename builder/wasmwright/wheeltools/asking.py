"""What a back end asks for besides (PEP 517): `python3 -P asking.py OUT SOURCE [KEY=VALUE]...`.

It runs in the build's own Python, where the back end is too. The answer goes to the file OUT, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Ask; the exit code is 1 where the back end failed."""
    out, source, *settings = argv
    import build  # noqa: PLC0415 - it lies in builds only

    sys.path.append(str(Path(__file__).parents[2]))
    from wasmwright.sandbox.frontend import config_settings  # noqa: PLC0415 - of the part that this lies in

    try:
        asked = build.ProjectBuilder(source).get_requires_for_build("wheel", config_settings(settings))
    except (build.BuildException, build.BuildBackendException) as error:
        reason = getattr(getattr(error, "exception", None), "traceback", "")
        print(f"{reason}{error}", flush=True)  # noqa: T201 - the build log is this program's output
        return 1
    Path(out).write_text(json.dumps(sorted(asked)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
