{
  environments,
  lib,
  packages,
}:
# The environment of the flake's own outputs: all packages but those that take long to build, which a lock may name.
environments.ofPackages (
  builtins.attrNames (
    lib.attrs.filterAttrs (
      _: package: package.kind == "wheel" && !builtins.elem "long" package.meta.sets
    ) packages
  )
)
