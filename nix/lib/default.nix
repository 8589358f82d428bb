# Pure functions: builtins only, no package set, no system. `nix-instantiate --eval` is enough to test them.
let
  lib = {
    attrs = import ./attrs.nix;
    lists = import ./lists.nix;
    scope = import ./scope.nix lib;
    names = import ./names.nix;
    pins = import ./pins.nix lib;
    packageLock = import ./packageLock.nix;
    overridable = import ./overridable.nix;
    inherit (lib.attrs) genAttrs;
  };
in
lib
