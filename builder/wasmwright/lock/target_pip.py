"""pip, with environment markers evaluated for another interpreter than the one that runs it.

A script, not imported: pip's own options choose tags for another interpreter, but not markers.
First argument: the marker variables as JSON; the others go to pip.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pip._internal.cli.main import main as pip
from pip._vendor.packaging.markers import Marker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def pretend(variables: Mapping[str, str]) -> None:
    """Let every marker see `variables`."""
    evaluate: Callable[..., object] = Marker.evaluate

    def evaluate_for_target(
        self: Marker, environment: Mapping[str, object] | None = None, *arguments: object, **options: object
    ) -> object:
        return evaluate(self, {**variables, **(environment or {})}, *arguments, **options)

    setattr(Marker, "evaluate", evaluate_for_target)  # noqa: B010 - its type is narrower


if __name__ == "__main__":
    pretend(json.loads(sys.argv[1]))
    sys.exit(pip(sys.argv[2:]))
