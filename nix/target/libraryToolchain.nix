{
  base,
  lib,
  mkToolchain,
  profiles,
}:
# The toolchain of libraries. It knows neither Python nor a profile's headers, so a library is compiled once for all profiles
# with equal flags, and uses no function that one of them lacks.
mkToolchain {
  name = "toolchain-${base.compiler.emscripten}";
  lacking = builtins.sort builtins.lessThan (
    lib.lists.unique (builtins.concatMap (scope: scope.profile.abi.lacking) (builtins.attrValues profiles))
  );
  profileName = "one of the profiles";
}
