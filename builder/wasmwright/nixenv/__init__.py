"""Finding a usable Nix, or installing a private one from the pinned packages of the toolchain lock."""

from __future__ import annotations

from wasmwright.nixenv.find import NixRequest, find_nix, installed_nix

__all__ = ["NixRequest", "find_nix", "installed_nix"]
