{
  checkedPackages,
  environments,
  lib,
}:
# The environment of the flake's own outputs: what `check` builds; a lock of an environment may name any package.
environments.ofPackages (
  builtins.attrNames (lib.attrs.filterAttrs (_: package: package.kind == "wheel") checkedPackages)
)
