{
  keep,
  mkKept,
  packages,
}:
# Every pinned source and every tool of the checkout: what to carry to a machine without registries.
mkKept {
  name = "sources";
  paths = [ keep ] ++ map (package: package.keep) (builtins.attrValues packages);
}
