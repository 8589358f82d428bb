# For a nixpkgs of one's own: `pkgs.wasmwright.packages.numpy`, `pkgs.wasmwright.toolchain`, and the same of another profile:
# `pkgs.wasmwright.profiles.PROFILE.packages.numpy`, of which `profiles.PROFILE.withoutSimd` is for engines without 128-bit vectors.
# Adds one name, changes none.
final: _prev:
let
  scopes = import ../nix/scopes.nix { inherit (final.stdenv.hostPlatform) system; };
  offered = scope: {
    inherit (scope)
      buildWasmLibrary
      buildWasmWheel
      node
      packages
      pyodide-runtime
      toolchain
      ;
  };
in
{
  wasmwright = offered scopes.profiles.${scopes.default} // {
    profiles = builtins.mapAttrs (
      _: scope: offered scope // { withoutSimd = offered scope.withoutSimd; }
    ) scopes.profiles;
  };
}
