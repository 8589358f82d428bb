{
  system ? "x86_64-linux",
  profile ? "pyemscripten_2026_5",
}:
# Everything for one profile: each file of toolchain/ and build/ is an attribute, called with the attributes it names.
let
  lib = import ./lib;
  base = {
    inherit system;
    profile = lib.profile.load ./toolchain profile;
  };
in
lib.scope.makeScope base (lib.attrs.nixFiles ./toolchain // lib.attrs.nixFiles ./build)
