# What `nix flake check` builds: the library's own cases, the compilers, and the wheels of every profile imported in its stock
# runtime. The packages outside the set `ci` are left to `wasmwright check --long`.
scopes:
let
  scope = scopes.profiles.${scopes.default};
  inherit (scope.lib.attrs) filterAttrs mapNames;
  imports =
    of:
    builtins.mapAttrs (_: package: package.tests.import) (
      filterAttrs (_: package: package.tests ? import) of.checkedPackages
    );
  ofProfile =
    name:
    mapNames (check: "${name}-${check}") (
      mapNames (package: "pkg-${package}-import") (imports scopes.profiles.${name})
      // {
        hello-fortran-runtime = import ../checks/hello-fortran-runtime.nix scopes.profiles.${name};
      }
    );
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
  numpy-mathematics = import ../checks/numpy-mathematics.nix scope;
  openblas-kernels = import ../checks/openblas-kernels.nix scope;
}
// mapNames (package: "pkg-${package}-import") (imports scope)
// builtins.foldl' (all: name: all // ofProfile name) { } (builtins.attrNames scopes.profiles)
