{
  base,
  emscripten,
  llvm-flang-source,
  profile,
  roots,
  runPart,
  sandboxPython,
  system,
}:
# LLVM's Fortran runtime without the part that is written in Fortran. See docs/design/fortran-runtime.md.
derivation (
  runPart sandboxPython.fortranRuntime "wasmwright.fortranruntime.build"
  // {
    inherit system emscripten;
    __structuredAttrs = true;
    name = "fortran-runtime-${base.compiler.flang}";
    source = llvm-flang-source;
    llvm = "${roots.llvm}/usr/lib/llvm-${base.compiler.llvm}/bin";
    path = "${roots.shell}/usr/bin";
    abiFlags = profile.abi.cflags;
    patches = [
      ./fortran-runtime/0001-size-types-of-c.patch
      ./fortran-runtime/0002-status-of-a-command-is-an-int.patch
      ./fortran-runtime/0003-character-lengths-are-32-bit.patch
      ./fortran-runtime/0004-sizes-beyond-memory.patch
      ./fortran-runtime/0005-output-appears-at-once.patch
    ];
  }
)
