# LAPACK's own test programs for linear equations and eigenvalues, in all four types, linked with OpenBLAS: with their own inputs and
# thresholds. They run for some minutes each, so this is no part of `nix flake check`.
{
  roots,
  sandboxPython,
  system,
  ...
}@scope:
derivation {
  inherit system;
  inherit (sandboxPython) netlib runner;
  name = "lapack-tests";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./netlib/judge.sh
  ];
  results = map (import ./netlib/results.nix scope) [
    "single"
    "double"
    "complex"
    "complex16"
  ];
  known = ../../tests/lapack/known_failures.toml;
  python = "${roots.python}/usr/bin/python3";
  PATH = "${roots.shell}/usr/bin";
}
