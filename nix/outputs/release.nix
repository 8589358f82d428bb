{ lib, revision }:
# What labels of outputs say of this checkout, as far as it is known: pyproject.toml may name a `Source`, and a flake its revision.
let
  inherit (builtins.fromTOML (builtins.readFile ../../pyproject.toml)) project;
in
lib.attrs.filterAttrs (_: value: value != null) {
  inherit (project) version;
  inherit revision;
  source = project.urls.Source or null;
}
