{
  system ? "x86_64-linux",
  profile ? null,
  simd ? true,
  revision ? null,
}:
# Everything for one profile, the default one if none is named, for engines with 128-bit vectors or without; `revision` is the
# checkout's, which a flake knows itself. Reading a profile that is not there tells which are.
let
  lib = import ./lib;
  scopes = import ./scopes.nix { inherit revision system; };
  name = if profile == null then scopes.default else profile;
  found = scopes.profiles.${name} or (lib.pins.profile ./toolchain/profiles name);
in
if simd then found else found.withoutSimd
