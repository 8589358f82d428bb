# What `nix flake check` builds: the library's own cases, and every wheel imported in the stock runtime.
scope:
let
  inherit (scope.lib.attrs) filterAttrs mapNames;
  wheels = filterAttrs (_: package: package ? tests) scope.packages;
in
{
  nix-lib = import ../checks/nix-lib.nix scope;
  hello-c = import ../checks/hello-c.nix scope;
  blas-tests = import ../checks/blas-tests.nix scope;
  fortran-conformance = import ../checks/fortran-conformance.nix scope;
  fortran-native = import ../checks/fortran-native.nix scope;
  fortran-runtime-abi = import ../checks/fortran-runtime-abi.nix scope;
  hello-fortran = import ../checks/hello-fortran.nix scope;
  hello-fortran-runtime = import ../checks/hello-fortran-runtime.nix scope;
  openblas-kernels = import ../checks/openblas-kernels.nix scope;
}
// mapNames (name: "pkg-${name}-import") (builtins.mapAttrs (_: package: package.tests.import) wheels)
