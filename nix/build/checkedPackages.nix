{
  lib,
  packages,
}:
# The packages that `check` and `nix flake check` build: those of the set `ci`.
lib.attrs.filterAttrs (_: package: builtins.elem "ci" package.meta.sets) packages
