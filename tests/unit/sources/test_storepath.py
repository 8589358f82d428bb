# The paths are those that `nix-store --add-fixed` and `nix store add --mode nar` gave for the same files.
from __future__ import annotations

import hashlib

from wasmwright.sources.storepath import flat_path, nar_path, program_nar_sha256


def test_flat_path_is_what_nix_gives():
    sha256 = hashlib.sha256(b"hello\n").hexdigest()
    assert flat_path("hello.txt", sha256) == "/nix/store/gy454w1cxaq731grqwylhzf4pp9r5izh-hello.txt"


def test_archive_path_is_what_nix_gives():
    sha256 = program_nar_sha256("prog", b"#!x\n")
    assert sha256 == "b270e2b8b74f7dd4338f90da04562aabe429f2feb16f6b72a640ea00bf3edcd4"
    assert nar_path("prog", sha256) == "/nix/store/8cbmm2mxjk0a8hw0nw6z02h3m1i0gqhn-prog"
