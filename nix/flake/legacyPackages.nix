# For people who compose with nixpkgs: the only outputs that touch the inputs, out of the way of `nix flake show`.
{
  inputs,
  scope,
  system,
}:
let
  pkgs = import inputs.nixpkgs {
    inherit system;
    overlays = [ (import ../../overlays) ];
  };
in
{
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
          env = {
            MESON_CROSS_FILE = "${scope.toolchain}/share/wasmwright/cross.ini";
            CMAKE_TOOLCHAIN_FILE = "${scope.toolchain}/share/wasmwright/toolchain.cmake";
          };
        }
      ]
      ++ modules;
    };
}
