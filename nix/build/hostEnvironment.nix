{
  patchelf,
  hostPython,
  roots,
  sandboxPython,
  system,
}:
/**
  Pinned wheels for the host Python, unpacked beside each other: `lib/` goes on PYTHONPATH, `bin/` on PATH.

  # Type
  `hostEnvironment :: { name, wheels } -> Derivation`
*/
{ name, wheels }:
derivation (
  hostPython [
    "-c"
    sandboxPython.runner
    sandboxPython.assembleBuildEnvironment
    "wasmwright.assemble.buildenvironment"
  ]
  // {
    inherit system wheels;
    name = "${name}-host-environment";
    patchelf = "${patchelf}/bin/patchelf";
    python = roots.python;
    # For wheels in C++: the Python comes without its library. A process has the C library of its program.
    libraries = roots.libc;
  }
)
