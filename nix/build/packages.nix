{
  callPackage,
  lib,
  profile,
}:
# Every recipe of pkgs/ that is for this profile: name to package. Recipes name each other as they name the builders.
let
  written = builtins.mapAttrs (_: file: callPackage file offered) (
    lib.attrs.foldersWith "package.nix" ../../pkgs
  );
  refusal =
    { disabled, profiles, ... }:
    if disabled != null then
      "is disabled: ${disabled}"
    else if profiles != [ ] && !builtins.elem profile.name profiles then
      "is not for the profile ${profile.name}"
    else
      null;
  # What needs a package that is not there is told why.
  offered = builtins.mapAttrs (
    name: package:
    if refusal package.meta == null then
      package
    else
      throw "pkgs/${name}/recipe.toml ${refusal package.meta}"
  ) written;
in
lib.attrs.filterAttrs (name: _: refusal written.${name}.meta == null) offered
