from __future__ import annotations

from importer import imported

from wasmwright.importing.run import System

RECIPE = """\
package:
  name: made-up
  version: "1.2"
source:
  url: https://github.com/made/up/archive/v1.2.tar.gz
  sha256: "0000000000000000000000000000000000000000000000000000000000000000"
build:
  script: |
{}
"""


def told(*lines: str) -> list[str]:
    """What a person has to look at in a script."""
    text = RECIPE.format("\n".join(f"    {line}" for line in lines))
    return [one.message for one in imported(System.CONDA, text).findings if "is not run" in one.message]


def test_variables_are_known_to_conditions_after_what_was_not_understood():
    known = ("MODE=shared", "if [[ $MODE == static ]]; then", "  strange --static", "fi")
    assert told(*known) == []
    lost = ("if unheard; then", "  strange --at-all", "fi")
    assert len(told(*lost, *known)) == len(told(*lost)) > 0
