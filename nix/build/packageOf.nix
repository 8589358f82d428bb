{
  lib,
  mkKept,
  profile,
}:
/**
  What every package is, wheel or library: the derivation behind the gate, with all that others ask of it.

  # Inputs
  - `name`, `version`; `kind`: `"wheel"` or `"library"`; `meta`: what the recipe says about it
  - `built`: before the gate; `gate`: behind it; `hasWheel`: whether the gate leaves a wheel
  - `beside`: packages that have to be installed with it, without itself
  - `sources`: its own pinned files; `madeOf`: those of them that it is made of, and `patches` to them
  - `needs`: the packages that it is built with or runs with
  - `required`: what these and it need besides: pure wheels of the index, as locks have them
  - `tests`: checks by name

  # Type
  `packageOf :: { name, version, kind, ... } -> Package`

  A package is `gate` with the attributes that docs/design/layout.md lists.
*/
{
  name,
  version,
  kind,
  meta,
  built,
  gate,
  hasWheel,
  beside,
  required ? [ ],
  sources,
  madeOf,
  patches,
  needs,
  tests,
}:
gate
// {
  pname = name;
  inherit
    beside
    built
    kind
    madeOf
    needs
    patches
    required
    sources
    tests
    version
    ;
  profile = profile.name;
  wheels = {
    main = if hasWheel then gate else null;
    tests = if hasWheel then "${gate}/tests" else null;
  };
  keep = mkKept {
    inherit (gate) name;
    paths = lib.lists.unique (
      [
        built
        built.keep
      ]
      ++ sources
      ++ beside
      ++ map (package: package.keep) beside
    );
  };
  meta = {
    summary = null;
    license = null;
    homepage = null;
    sets = [ ];
    profiles = [ ];
    disabled = null;
    imports = [ ];
  }
  // meta;
}
