# LAPACK's own test programs for linear equations and eigenvalues, in all four types, linked with OpenBLAS: with their own inputs and
# thresholds. They run for some minutes each, so this is no part of `nix flake check`.
{
  bashScript,
  roots,
  sandboxPython,
  ...
}@scope:
derivation (
  bashScript ./netlib/judge.sh
  // {
    inherit (sandboxPython) netlib runner;
    name = "lapack-tests";
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
)
