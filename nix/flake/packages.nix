# A profile's packages: the toolchain's parts, and `NAME-wasm` for every recipe.
scope:
{
  inherit (scope)
    fortran
    fortran-runtime
    keep
    node
    pyodide-runtime
    sources
    sysroot
    toolchain
    ;
}
// {
  build-python = scope.buildPython;
  openblas-generic = import ../bench/openblas-generic.nix scope;
  # Checks that take minutes: not among `checks`, so `nix flake check` builds none of them.
  lapack-tests = import ../checks/lapack-tests.nix scope;
  fortran-compilers = import ../checks/fortran-compilers.nix scope;
}
// scope.lib.attrs.mapNames scope.lib.names.attribute scope.packages
