# What each Fortran compiler passes of tests/fortran: wasm-flang, and LFortran with its C and its WebAssembly back end. No part of
# `nix flake check`: that LFortran fails is no news.
{
  bashScript,
  base,
  fetchSource,
  roots,
  sandboxPython,
  libraryToolchain,
  ...
}@scope:
derivation (
  bashScript ./fortran-compilers.sh
  // {
    inherit (sandboxPython) comparison conformance runner;
    inherit (roots) lfortran;
    name = "fortran-compilers";
    python = "${roots.python}/usr/bin/python3";
    programs = ../../tests/fortran;
    adapters = ./lfortran;
    source = fetchSource base.tarballs.lfortran;
    flang = import ./fortran-conformance.nix scope;
    PATH = "${libraryToolchain}/bin:${roots.shell}/usr/bin";
  }
)
