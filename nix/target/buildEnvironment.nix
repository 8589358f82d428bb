{
  buildPython,
  patchelf,
  profile,
  roots,
  runPart,
  sandboxPython,
  system,
}:
/**
  Pinned wheels for the build Python, unpacked beside each other: `lib/` goes on PYTHONPATH, `bin/` on PATH.

  # Type
  `buildEnvironment :: { name, wheels } -> Derivation`
*/
{ name, wheels }:
derivation (
  runPart sandboxPython.assembleBuildEnvironment "wasmwright.assemble.buildenvironment"
  // {
    inherit system wheels;
    name = "${name}-build-environment-${profile.abi.python}";
    patchelf = "${patchelf}/bin/patchelf";
    python = buildPython;
    # For wheels in C++: the Python comes without its library. A process has the C library of its program.
    libraries = roots.libc;
  }
)
