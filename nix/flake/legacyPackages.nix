# The packages of every profile, by its name; and what people who compose with nixpkgs take, the only outputs that touch the inputs. Out
# of the way of `nix flake show`.
{
  inputs,
  scopes,
  system,
}:
let
  pkgs = import inputs.nixpkgs {
    inherit system;
    overlays = [ (import ../../overlays) ];
  };
  scope = scopes.profiles.${scopes.default};
  variables = scope.crossVariables {
    inherit (scope) toolchain;
    kind = "wheel";
  };
in
builtins.mapAttrs (_: import ./packages.nix) scopes.profiles
// {
  # The same for engines without 128-bit vectors.
  withoutSimd = builtins.mapAttrs (
    _: scope: import ./packages.nix scope.withoutSimd
  ) scopes.profiles;
  # nixpkgs with our packages as `wasmwright`.
  nixpkgs = pkgs;
  # Python applications from a poetry.lock, beside our packages.
  poetry2nix = inputs.poetry2nix.lib.mkPoetry2Nix { inherit pkgs; };
  # A devenv shell with the cross toolchain; takes further devenv modules.
  devenvShell =
    modules:
    inputs.devenv.lib.mkShell {
      inherit inputs pkgs;
      modules = [
        {
          packages = [ scope.toolchain ];
          env = { inherit (variables) MESON_CROSS_FILE CMAKE_TOOLCHAIN_FILE; };
        }
      ]
      ++ modules;
    };
}
