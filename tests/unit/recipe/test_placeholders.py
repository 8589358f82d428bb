from __future__ import annotations

import pytest

from wasmwright.recipe.placeholders import faults


@pytest.mark.parametrize(
    "text", ["{host:hdf5}", "-L{host:hdf5}/lib:{host:zlib}/lib", "{hdf5}", "${HOME} {} }{", "%{host}", "{ host:x }", ""]
)
def test_dependencies_and_other_braces_are_allowed(text: str):
    assert list(faults(text, ("hdf5", "zlib"))) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{host:hdf}", "`{host:hdf}` names no dependency of `host`"),
        ("{host:}", "`{host:}` names no dependency of `host`"),
        ("{host:hdf5", "`{host:hdf5` has a `{host:` without its `}`"),
        ("{host:{host:hdf5}}", "`{host:{host:hdf5}}` has a `{host:` without its `}`"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str):
    assert list(faults(text, ("hdf5",))) == [told]
