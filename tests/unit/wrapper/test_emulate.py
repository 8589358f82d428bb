from __future__ import annotations

import pytest

from wasmwright.wrapper.emulate import is_native


@pytest.mark.parametrize("start", [b"\x7fELF\x02\x01", b"#!/nix/store/x/bin/python3 -ISB\nimport node", b"#!/bin/sh\n"])
def test_programs_of_the_build_machine_start_by_themselves(start: bytes):
    assert is_native(start)


@pytest.mark.parametrize(
    "start", [b"// include: shell.js\n", b"#!/nix/store/x/bin/node\nvar Module", b"\0asm\x01\0\0\0", b""]
)
def test_programs_of_the_target_are_nodes(start: bytes):
    assert not is_native(start)
