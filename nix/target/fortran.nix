{
  base,
  emscripten,
  libraryToolchain,
  profile,
  roots,
  runPart,
  sandboxPython,
  system,
}:
# `wasm-flang`: the Fortran compiler of the cross toolchain, for recipes with `tools = [ "flang" ]`, and its file for Meson.
# The Fortran runtime is not part of it: what does no input and output needs none.
derivation (
  runPart sandboxPython.assembleFortran "wasmwright.assemble.fortran"
  // {
    inherit emscripten system;
    toolchain = libraryToolchain;
    inherit (roots) flang python;
    name = "fortran-${base.compiler.flang}";
    compiler = sandboxPython.fortran;
    flangVersion = base.compiler.flang;
    abiFlags = builtins.toJSON profile.abi.cflags;
  }
)
