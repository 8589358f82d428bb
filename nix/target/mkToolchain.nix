{
  base,
  emscripten,
  node,
  profile,
  roots,
  runPart,
  sandboxPython,
  system,
}:
/**
  The cross toolchain as builds see it: compilers behind the argument wrapper, and files for Meson and CMake.

  # Inputs
  - `name`
  - `pythonInclude`: the folder of the target's Python.h; null for a toolchain that knows no Python
  - `python`: the Python that CMake is told to run; null likewise
  - `systemIncludes`: folders of headers that stand before the compiler's own
  - `lacking`: functions that the compiler's C library has and the runtime has not; `profileName`: whose runtime, for messages

  # Type
  `mkToolchain :: { name, pythonInclude?, python?, systemIncludes?, lacking?, profileName? } -> Derivation`
*/
{
  name,
  pythonInclude ? null,
  python ? null,
  systemIncludes ? [ ],
  lacking ? [ ],
  profileName ? "",
}:
derivation (
  runPart sandboxPython.assembleToolchain "wasmwright.assemble.toolchain"
  // {
    inherit
      emscripten
      name
      node
      system
      ;
    # Runs the wrapper; `buildPython` is what CMake is told of.
    python = roots.python;
    buildPython = if python == null then "" else python;
    wrapper = sandboxPython.wrapper;
    pythonInclude = if pythonInclude == null then "" else pythonInclude;
    # Not by `toString`: a folder of this flake has to become a path of the store, and part of the derivation.
    systemIncludes = builtins.toJSON systemIncludes;
    emccFlags = builtins.toJSON base.compiler.emcc-flags;
    programLdflags = builtins.toJSON base.compiler.program-ldflags;
    lacking = builtins.toJSON lacking;
    profile = profileName;
    abiFlags = builtins.toJSON profile.abi.cflags;
  }
)
