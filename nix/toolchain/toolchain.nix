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
  hostPython [ ./toolchain.py ]
  // {
    inherit system;
    name = "toolchain-${profile.name}";
    inherit emscripten node;
    inherit (roots) python;
    wrapper = sandboxPython.wrapper;
    target = python-target;
    pythonVersion = profile.abi.python;
    abiFlags = builtins.toJSON profile.abi.cflags;
    emscriptenVersion = profile.abi.emscripten;
  }
)
