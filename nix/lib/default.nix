# Pure functions: builtins only, no package set, no system. `nix-instantiate --eval` is enough to test them.
let
  lib = {
    attrs = import ./attrs.nix;
    scope = import ./scope.nix lib;
    names = import ./names.nix;
    profile = import ./profile.nix lib;
    inherit (lib.attrs) genAttrs;
  };
in
lib
