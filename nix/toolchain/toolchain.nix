{
  emscripten,
  hostPython,
  node,
  profile,
  python-target,
  roots,
  sandboxPython,
  system,
}:
# The cross toolchain as builds see it: compilers behind the argument wrapper, and files for Meson and CMake.
derivation (
  hostPython [
    "-c"
    sandboxPython.runner
    sandboxPython.assembleToolchain
    "wasmwright.assemble.toolchain"
  ]
  // {
    inherit system;
    name = "toolchain-${profile.name}";
    inherit emscripten node;
    inherit (roots) python;
    wrapper = sandboxPython.wrapper;
    pythonInclude = "${python-target}/include/python${profile.abi.python}";
    abiFlags = builtins.toJSON profile.abi.cflags;
  }
)
