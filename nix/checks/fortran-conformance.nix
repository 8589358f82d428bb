# The programs of tests/fortran, compiled by wasm-flang, run by Node, compared with what the native compiler's did.
{
  fortran,
  fortran-runtime,
  roots,
  sandboxPython,
  system,
  toolchain,
  ...
}:
derivation {
  inherit system;
  inherit (sandboxPython) conformance runner;
  name = "fortran-conformance";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./fortran-conformance.sh
  ];
  python = "${roots.python}/usr/bin/python3";
  programs = ../../tests/fortran;
  compiler = "wasm";
  fc = "wasm-flang -O2";
  cc = "emcc -O1 -I${fortran-runtime}/include";
  link = "wasm-flang -O1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB";
  linkPlain = "emcc -O1";
  WASMWRIGHT_FORTRAN_RUNTIME = "${fortran-runtime}/lib/libFortranRuntime.a";
  PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
}
