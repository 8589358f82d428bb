# Every entry of the Fortran runtime has the type by which the compiler calls it, and none that it calls is missing.
{
  base,
  emscripten,
  fortran-runtime-library,
  llvm-flang-source,
  profile,
  roots,
  runPart,
  sandboxPython,
  system,
  ...
}:
derivation (
  runPart sandboxPython.fortranAbi "wasmwright.fortranabi.check"
  // {
    inherit system emscripten;
    inherit (fortran-runtime-library) patches;
    __structuredAttrs = true;
    name = "fortran-runtime-abi";
    archive = "${fortran-runtime-library}/lib/libFortranRuntime.a";
    compiler = "${roots.flang}/usr/lib/llvm-${base.compiler.flang}/bin/flang-new";
    source = llvm-flang-source;
    llvm = "${roots.llvm}/usr/lib/llvm-${base.compiler.llvm}/bin";
    path = "${roots.shell}/usr/bin";
    abiFlags = profile.abi.cflags;
  }
)
