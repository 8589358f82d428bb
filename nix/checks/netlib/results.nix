# What LAPACK's test programs of one type say of the libraries.
scope: kind:
let
  common = import ./common.nix scope;
in
common.build ./results.sh (
  common.libraries
  // {
    name = "lapack-tests-${kind}";
    inherit kind;
    objects = import ./objects.nix scope kind;
  }
)
