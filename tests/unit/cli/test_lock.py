from __future__ import annotations

import pytest

from wasmwright.cli import main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["numpy", "--profile", "2026_0"], "a package is locked for all its profiles at once"),
        (["--profile", "2026_0"], "--profile goes with --toolchain"),
        (["--toolchain", "numpy"], "not both"),
        (["--json"], "--json goes with --check"),
        (["--regenerate"], "--regenerate goes with --toolchain"),
        (["--toolchain", "--regenerate", "--check"], "without --check"),
        (["--missing", "--check"], "--missing goes with packages"),
        (["--missing", "--toolchain"], "--missing goes with packages"),
    ],
)
def test_options_that_contradict_each_other(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str):
    with pytest.raises(SystemExit) as caught:
        main(["lock", *arguments])
    assert caught.value.code == 2
    assert told in capsys.readouterr().err
