from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.checkout import Checkout
from wasmwright.cli.repro import _compared

if TYPE_CHECKING:
    from pathlib import Path


def test_wheels_and_libraries_are_compared_alike_before_the_gate_and_behind_it(tmp_path: Path):
    checkout = Checkout(root=tmp_path, profile="some")
    assert _compared(checkout, ("numpy", "zlib")) == [
        *(".#some.numpy-wasm.built", ".#some.numpy-wasm"),
        *(".#some.zlib-wasm.built", ".#some.zlib-wasm"),
    ]
