{
  patchelf,
  roots,
  runPart,
  sandboxPython,
  system,
}:
/**
  Wheels for a Python of the build machine, unpacked beside each other: `lib/` goes on its path, `bin/` on PATH.

  # Inputs
  - `name`: of the derivation
  - `wheels`: files
  - `python`: a root made by mkPythonRoot

  # Type
  `mkPythonEnvironment :: { name, wheels, python } -> Derivation`
*/
{
  name,
  wheels,
  python,
}:
derivation (
  runPart sandboxPython.assembleBuildEnvironment "wasmwright.assemble.buildenvironment"
  // {
    inherit
      name
      python
      system
      wheels
      ;
    patchelf = "${patchelf}/bin/patchelf";
    # For wheels in C++: the Python comes without its library. A process has the C library of its program.
    libraries = roots.libc;
  }
)
