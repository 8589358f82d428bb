from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told
from wasmwright.generate.exitcodes import import_all

if TYPE_CHECKING:
    from collections.abc import Iterator


def kinds(base: type[WasmwrightError]) -> Iterator[type[WasmwrightError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


# Here: some modules try the network's functions when they are imported.
import_all()


def test_exit_codes_are_unique_over_all_modules():
    classes = defaultdict(set)
    for kind in set(kinds(WasmwrightError)):
        if kind.__module__.startswith("wasmwright."):
            classes[kind.exit_code].add(f"{kind.__module__}.{kind.__name__}")
    assert len(classes) > 40
    assert {code: sorted(names) for code, names in classes.items() if len(names) > 1} == {}


def test_excerpt_and_hint_stand_indented_below_the_message():
    assert told(WasmwrightError("it failed")) == "it failed\n"
    error = WasmwrightError("it failed", excerpt="a\nb", hint="look there")
    assert told(error) == "it failed\n  a\n  b\n  hint: look there\n"
