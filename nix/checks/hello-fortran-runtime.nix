# What the Fortran runtime does with its surroundings: arguments, standard input, files, exit codes under Node; in a side module of
# the stock Python runtime; and what the linker says of a function that it has not.
{
  fortran,
  fortran-runtime,
  pyodide-runtime,
  python-target,
  profile,
  roots,
  system,
  toolchain,
  ...
}:
derivation {
  inherit system;
  name = "hello-fortran-runtime";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./hello-fortran-runtime.sh
  ];
  runtime = pyodide-runtime;
  include = "${python-target}/include/python${profile.abi.python}";
  pythonTag = builtins.replaceStrings [ "cp" ] [ "cpython-" ] profile.abi.python-tag;
  WASMWRIGHT_FORTRAN_RUNTIME = "${fortran-runtime}/lib/libFortranRuntime.a";
  PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
}
