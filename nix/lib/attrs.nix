rec {
  /**
    An attribute set from a list of names and a function.

    # Type
    `genAttrs :: [String] -> (String -> a) -> AttrSet`

    # Example
    `genAttrs [ "a" ] (n: n + "!")` is `{ a = "a!"; }`
  */
  genAttrs =
    names: f:
    builtins.listToAttrs (
      map (name: {
        inherit name;
        value = f name;
      }) names
    );

  /**
    The attributes for which the predicate holds.

    # Type
    `filterAttrs :: (String -> a -> Bool) -> AttrSet -> AttrSet`
  */
  filterAttrs =
    predicate: set:
    builtins.removeAttrs set (
      builtins.filter (name: !predicate name set.${name}) (builtins.attrNames set)
    );

  /**
    The set with every name changed by a function.

    # Type
    `mapNames :: (String -> String) -> AttrSet -> AttrSet`
  */
  mapNames =
    f: set:
    builtins.listToAttrs (
      map (name: {
        name = f name;
        value = set.${name};
      }) (builtins.attrNames set)
    );

  /**
    The folders inside a folder that hold the named file: folder name to that file.

    # Type
    `foldersWith :: String -> Path -> AttrSet`
  */
  foldersWith =
    file: dir:
    builtins.mapAttrs (name: _: dir + "/${name}/${file}") (
      filterAttrs (name: type: type == "directory" && builtins.pathExists (dir + "/${name}/${file}")) (
        builtins.readDir dir
      )
    );

  /**
    The Nix files of a folder, without `default.nix`: attribute name to file.

    # Type
    `nixFiles :: Path -> AttrSet`
  */
  nixFiles =
    dir:
    let
      files = filterAttrs (
        name: type: type == "regular" && name != "default.nix" && builtins.match ".*[.]nix" name != null
      ) (builtins.readDir dir);
    in
    mapNames (name: builtins.head (builtins.match "(.*)[.]nix" name)) (
      builtins.mapAttrs (name: _: dir + "/${name}") files
    );
}
