{
  environments,
  lib,
  packages,
}:
# The environment of the flake's own outputs: the packages of the set `ci`; a lock of an environment may name any.
environments.ofPackages (
  builtins.attrNames (
    lib.attrs.filterAttrs (
      _: package: package.kind == "wheel" && builtins.elem "ci" package.meta.sets
    ) packages
  )
)
