# The programs of tests/fortran, compiled by wasm-flang, run by Node, compared with what the native compiler's did.
{
  fortran,
  fortran-runtime,
  roots,
  libraryToolchain,
  ...
}@scope:
import ./conformance.nix scope {
  name = "fortran-conformance";
  compiler = "wasm";
  fc = "wasm-flang -O2";
  cc = "emcc -O1 -I${fortran-runtime}/include";
  link = "wasm-flang -O1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB";
  linkPlain = "emcc -O1";
  WASMWRIGHT_FORTRAN_RUNTIME = fortran-runtime.archive;
  PATH = "${fortran}/bin:${libraryToolchain}/bin:${roots.shell}/usr/bin";
}
