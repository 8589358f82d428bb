from __future__ import annotations

from pathlib import Path

from wasmwright.generate.project import project_nix
from wasmwright.generate.scope import Scope


def test_project_is_built_for_its_profile_with_the_checkouts_packages():
    text = project_nix("heat", Scope(checkout=Path('/some/"odd" place'), profile="pyemscripten_2026_0"))
    assert 'import (/. + "/some/\\"odd\\" place/nix") { profile = "pyemscripten_2026_0"; simd = true; };' in text
    assert '"heat-wasm" = scope.callPackage ./package.nix scope.packages;' in text
    assert "inherit (scope) keep toolchain;" in text
