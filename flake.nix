{
  description = "wasmwright: the scientific Python stack for WebAssembly, hermetic and reproducible";

  # Only `legacyPackages` and `overlays` touch the inputs: everything else works with them unreachable.
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    poetry2nix = {
      url = "github:nix-community/poetry2nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    devenv = {
      url = "github:cachix/devenv/v2.2.2";
      inputs.nixpkgs.follows = "nixpkgs";
      inputs.cachix.follows = "";
      inputs.nix.follows = "";
      inputs.nixd.follows = "";
      inputs.crate2nix.follows = "";
      inputs.rust-overlay.follows = "";
      inputs.ghostty.follows = "";
    };
  };

  outputs =
    inputs:
    let
      lib = import ./nix/lib;
      scopes = lib.genAttrs [ "x86_64-linux" ] (
        system:
        import ./nix/scopes.nix {
          inherit system;
          revision = inputs.self.rev or inputs.self.dirtyRev or null;
        }
      );
      perSystem = file: builtins.mapAttrs (_: import file) scopes;
    in
    {
      inherit lib;
      overlays.default = import ./overlays;
      packages = builtins.mapAttrs (_: of: import ./nix/flake/packages.nix of.profiles.${of.default}) scopes;
      devShells = perSystem ./nix/flake/devShells.nix;
      checks = perSystem ./nix/flake/checks.nix;
      legacyPackages = builtins.mapAttrs (
        system: scopes: import ./nix/flake/legacyPackages.nix { inherit inputs scopes system; }
      ) scopes;
    };
}
