{
  base,
  fetchSource,
  lib,
  mkKept,
  profiles,
}:
# Every pinned source of the checkout, of all profiles: what to carry to a machine without registries.
mkKept {
  name = "sources";
  paths = lib.lists.unique (
    map fetchSource (builtins.attrValues base.sources)
    ++ builtins.concatMap (
      scope:
      map fetchSource (builtins.attrValues scope.profile.sources)
      ++ builtins.concatMap (package: package.sources) (builtins.attrValues scope.packages)
      ++ scope.wheelTools.sources
      ++ scope.commandLine.sources
    ) (builtins.attrValues profiles)
  );
}
