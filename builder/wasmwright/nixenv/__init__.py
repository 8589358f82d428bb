"""Finding a usable Nix, or installing a private one from the pinned packages of the toolchain lock."""

from __future__ import annotations

from wasmwright.nixenv.find import Request, find_nix, installed_nix

__all__ = ["Request", "find_nix", "installed_nix"]
