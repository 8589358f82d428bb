{
  emscripten,
  hostPython,
  profile,
  roots,
  sandboxPython,
  system,
  toolchain,
}:
# `wasm-flang`: the Fortran compiler of the cross toolchain, for recipes with `tools = [ "flang" ]`, and its file for Meson.
# The Fortran runtime is not part of it: what does no input and output needs none.
derivation (
  hostPython [
    "-c"
    sandboxPython.runner
    sandboxPython.assembleFortran
    "wasmwright.assemble.fortran"
  ]
  // {
    inherit emscripten system toolchain;
    inherit (roots) flang python;
    name = "fortran-${profile.name}";
    compiler = sandboxPython.fortran;
    flangVersion = profile.abi.flang;
    abiFlags = builtins.toJSON profile.abi.cflags;
  }
)
