{
  fetchSource,
  mkKept,
  packages,
  profile,
}:
# Every pinned source of the checkout: what to carry to a machine without registries.
mkKept {
  name = "sources";
  paths =
    map fetchSource (builtins.attrValues profile.sources)
    ++ builtins.concatMap (package: package.pinned) (builtins.attrValues packages);
}
