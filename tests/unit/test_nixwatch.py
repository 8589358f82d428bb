from __future__ import annotations

from pathlib import Path

from wasmwright.nixwatch import log_file


def test_log_file_tells_two_derivations_of_a_name_apart():
    drv = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"
    assert log_file(Path("logs"), drv) == Path("logs/numpy-2.5.5-wheel-0123456789ab.log")
