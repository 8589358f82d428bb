lib: {
  /**
    A scope: every entry is a file holding a function, which is called with the entries its arguments name.

    # Inputs
    `files`: attribute name to file; `base`: values that files may ask for besides each other.

    # Type
    `makeScope :: AttrSet -> AttrSet -> AttrSet`
  */
  makeScope =
    base: files:
    let
      callPackage =
        file: extra:
        let
          f = import file;
          wanted = builtins.functionArgs f;
          known = scope // extra;
          missing = builtins.filter (name: !wanted.${name} && !(known ? ${name})) (builtins.attrNames wanted);
        in
        if missing != [ ] then
          throw "${toString file}: asks for ${builtins.concatStringsSep ", " missing}, which no file of nix/ or recipe of pkgs/ provides"
        else
          f (builtins.intersectAttrs wanted known);
      scope =
        base
        // {
          inherit lib callPackage;
        }
        // builtins.mapAttrs (_: file: callPackage file { }) files;
    in
    scope;
}
