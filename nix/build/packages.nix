{ callPackage, lib }:
# Every recipe of pkgs/, built: name to derivation. Recipes name each other as they name the builders.
let
  packages = builtins.mapAttrs (_: file: callPackage file packages) (
    lib.attrs.foldersWith "package.nix" ../../pkgs
  );
in
packages
