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


def test_settings_are_not_added_where_nobody_knows_whether_they_are_given():
    install = "pip install . -v -Csetup-args=-D{}"
    lines = [install.format("first=1"), "if unheard; then", "  " + install.format("second=2"), "fi"]
    found = imported(System.CONDA, RECIPE.format("\n".join(f"    {line}" for line in lines)))
    assert found.text is not None
    settings = [line for line in found.text.splitlines() if "setup-args" in line and not line.startswith("#")]
    assert settings == ['config-settings = {setup-args = "-Dfirst=1"}']
    assert any("-Dsecond=2` is not run" in one.message for one in found.findings)
