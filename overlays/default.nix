# For a nixpkgs of one's own: `pkgs.wasmwright.packages.numpy`, `pkgs.wasmwright.toolchain`, and the same of another profile:
# `pkgs.wasmwright.profiles.PROFILE.packages.numpy`, for engines without 128-bit vectors `pkgs.wasmwright.withoutSimd.PROFILE.packages.numpy`.
# Adds one name, changes none.
final: _prev:
let
  scopes = import ../nix/scopes.nix { inherit (final.stdenv.hostPlatform) system; };
  offered = scope: {
    inherit (scope)
      buildWasmLibrary
      buildWasmWheel
      packages
      pyodide-runtime
      toolchain
      ;
    node = scope.engine;
  };
in
{
  wasmwright = offered scopes.profiles.${scopes.default} // {
    profiles = builtins.mapAttrs (_: offered) scopes.profiles;
    withoutSimd = builtins.mapAttrs (_: scope: offered scope.withoutSimd) scopes.profiles;
  };
}
