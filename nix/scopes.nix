{
  system ? "x86_64-linux",
  revision ? null,
}:
# All that is built, by profile. Each file of toolchain/ is an attribute of the base, which knows no profile; each file of
# target/, build/ and outputs/ one of every profile's scope, called with the attributes it names. `revision` is the checkout's.
# A profile's `withoutSimd` is the same scope for engines without 128-bit vectors; `variant` ends versions in names of the store.
let
  lib = import ./lib;
  base = lib.scope.makeScope {
    inherit system;
    base = lib.pins.base ./toolchain;
  } (lib.attrs.nixFiles ./toolchain);
  ofProfile =
    simd: name:
    lib.scope.makeScope (
      base
      // {
        profile = lib.pins.profile ./toolchain/profiles name;
        inherit profiles revision simd;
        variant = if simd then "" else "+no-simd";
        withoutSimd = ofProfile false name;
      }
    ) (lib.attrs.nixFiles ./target // lib.attrs.nixFiles ./build // lib.attrs.nixFiles ./outputs);
  profiles = lib.genAttrs (lib.pins.profileNames ./toolchain/profiles) (ofProfile true);
in
{
  inherit base profiles;
  default = lib.pins.defaultProfile ./toolchain;
}
