# BLAS's own test programs, levels 1 to 3 in all four types, linked with OpenBLAS.
{ roots, sandboxPython, ... }@scope:
let
  common = import ./netlib/common.nix scope;
in
common.build ./blas-tests.sh (
  common.libraries
  // {
    inherit (sandboxPython) netlib runner;
    inherit (common) source;
    name = "blas-tests";
    infiniteNorms = ./netlib/infinite-norms.patch;
    python = "${roots.python}/usr/bin/python3";
  }
)
