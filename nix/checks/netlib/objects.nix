# LAPACK's test programs of one type, compiled and not linked: these do not change with the libraries.
scope: kind:
let
  common = import ./common.nix scope;
in
common.build ./objects.sh {
  name = "lapack-tests-${kind}-objects";
  inherit kind;
  inherit (common) source;
}
