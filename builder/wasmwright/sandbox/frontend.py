"""The front end of a wheel's build (PEP 517): `python3 -P frontend.py [-C KEY=VALUE]... OUT SOURCE`.

It runs in the build's own Python, where the back end is too, and imports nothing else of ours. The wheel goes to the
folder OUT. After a failure `OUT.json` says whether the back end could be imported, and what it asks for and there is
not: it is asked here, as that runs the project's own code.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def main(argv: list[str]) -> int:
    """Build the wheel; the exit code is 1 where the back end failed."""
    parser = argparse.ArgumentParser(prog="frontend.py")
    parser.add_argument("-C", dest="settings", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("source", metavar="SOURCE")
    arguments = parser.parse_args(argv)
    import build  # noqa: PLC0415 - it lies in builds only

    failures = (build.BuildException, build.BuildBackendException)
    settings = config_settings(arguments.settings)
    builder = None
    missing: list[str] = []
    try:
        builder = build.ProjectBuilder(arguments.source)
        builder.build("wheel", arguments.out, settings)
    except failures as error:
        # Of a back end that cannot be imported: why.
        reason = getattr(getattr(error, "exception", None), "traceback", "")
        print(f"{reason}{error}", flush=True)  # noqa: T201 - the build log is this program's output
        # A back end that cannot even say what it needs has said why by now.
        with suppress(*failures):
            if builder is not None:
                missing = unmet(builder.get_requires_for_build("wheel", settings))
        with open(f"{arguments.out}.json", "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of the command line
            json.dump({"missing": missing, "imported": not reason}, file)
        return 1
    return 0


def config_settings(words: list[str]) -> dict[str, str | list[str]]:
    """The settings for the back end: a key that stands there several times has a list."""
    settings: dict[str, str | list[str]] = {}
    for word in words:
        key, _, value = word.partition("=")
        before = settings.get(key)
        settings[key] = value if before is None else [*([before] if isinstance(before, str) else before), value]
    return settings


def unmet(requirements: Iterable[str]) -> list[str]:
    """Those of the requirements that are not installed, or in another version."""
    return sorted(text for text in requirements if not _is_met(text))


def _is_met(text: str) -> bool:
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - as the front end

    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return True
    if requirement.marker is not None and not requirement.marker.evaluate():
        return True
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return False
    return requirement.specifier.contains(version, prereleases=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
