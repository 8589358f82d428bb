# What the Fortran runtime does with its surroundings: arguments, standard input, files, exit codes under Node; in a side module of
# the stock Python runtime; and what the linker says of a function that it has not.
{
  bashScript,
  fortran,
  fortran-runtime,
  profile,
  pyodide-runtime,
  python-target,
  roots,
  toolchain,
  ...
}:
derivation (
  bashScript ./hello-fortran-runtime.sh
  // {
    name = "hello-fortran-runtime-${profile.short}";
    runtime = pyodide-runtime;
    include = "${python-target}/include/python${profile.abi.python}";
    pythonTag = builtins.replaceStrings [ "cp" ] [ "cpython-" ] profile.abi.python-tag;
    WASMWRIGHT_FORTRAN_RUNTIME = fortran-runtime.archive;
    PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
  }
)
