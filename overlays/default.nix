# For a nixpkgs of one's own: `pkgs.wasmwright.packages.numpy`, `pkgs.wasmwright.toolchain`. Adds one name, changes none.
final: _prev:
let
  scope = import ../nix { inherit (final.stdenv.hostPlatform) system; };
in
{
  wasmwright = {
    inherit (scope)
      buildWasmLibrary
      buildWasmWheel
      node
      packages
      pyodide-runtime
      toolchain
      ;
  };
}
