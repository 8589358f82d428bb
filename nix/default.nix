{
  system ? "x86_64-linux",
  profile ? null,
}:
# Everything for one profile, the default one if none is named. Reading a profile that is not there tells which are.
let
  lib = import ./lib;
  scopes = import ./scopes.nix { inherit system; };
  name = if profile == null then scopes.default else profile;
in
scopes.profiles.${name} or (lib.pins.profile ./toolchain/profiles name)
