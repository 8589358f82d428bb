# A profile's packages: the toolchain's parts, `NAME-wasm` for every recipe, and outputs of all of them.
scope:
{
  inherit (scope)
    fortran
    fortran-runtime
    keep
    pyodide-runtime
    sources
    sysroot
    toolchain
    ;
}
// {
  build-python = scope.buildPython;
  node = scope.engine;
  conda-channel = scope.condaChannel scope.checkedEnvironment;
  environment = scope.checkedEnvironment;
  dist = scope.dist scope.checkedEnvironment;
  inherit (scope.roots) skopeo;
  wheel-tools = scope.wheelTools;
  numpy-plain = import ../bench/numpy-plain.nix scope;
  openblas-generic = import ../bench/openblas-generic.nix scope;
  # Checks that take minutes: not among `checks`, so `nix flake check` builds none of them.
  lapack-tests = import ../checks/lapack-tests.nix scope;
  fortran-compilers = import ../checks/fortran-compilers.nix scope;
}
// scope.lib.attrs.mapNames (name: "container-${name}") scope.containers
// scope.lib.attrs.mapNames scope.lib.names.attribute scope.packages
