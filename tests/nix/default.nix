# Tests of nix/lib, evaluation only: `nix eval --json -f tests/nix`. The value maps each failed case to what it gave;
# an empty set is success. A public function without a case fails too.
let
  lib = import ../../nix/lib;
  modules = {
    attrs = import ./test_attrs.nix lib;
    names = import ./test_names.nix lib;
    pins = import ./test_pins.nix lib;
    packageLock = import ./test_packageLock.nix lib;
    lists = import ./test_lists.nix lib;
    overridable = import ./test_overridable.nix lib;
    scope = import ./test_scope.nix lib;
  };
  inherit (lib.attrs) filterAttrs;
  failures =
    module: cases:
    builtins.concatLists (
      builtins.attrValues (
        builtins.mapAttrs (
          function: tests:
          builtins.filter (result: result != null) (
            builtins.attrValues (
              builtins.mapAttrs (
                case: test:
                if test.expr == test.expected then
                  null
                else
                  {
                    name = "${module}.${function}: ${case}";
                    value = test;
                  }
              ) tests
            )
          )
        ) cases
      )
    );
  public = filterAttrs (_: value: builtins.isAttrs value) lib;
  untested = builtins.concatLists (
    builtins.attrValues (
      builtins.mapAttrs (
        module: functions:
        map
          (function: {
            name = "${module}.${function}: has no test";
            value = null;
          })
          (
            builtins.filter (function: !((modules.${module} or { }) ? ${function})) (
              builtins.attrNames functions
            )
          )
      ) public
    )
  );
in
builtins.listToAttrs (
  untested ++ builtins.concatLists (builtins.attrValues (builtins.mapAttrs failures modules))
)
