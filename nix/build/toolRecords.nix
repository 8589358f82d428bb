{
  base,
  callPackage,
  fetchSource,
  lib,
}:
/**
  The tools that recipes may ask for: `toolRecords.NAME { kind = "wheel"; }` is a record of what the tool adds to a build. Each is a file
  of `nix/tools/`, and a table of `base.toml` with the roots and tarballs that it needs.

  # The record
  - `path`: tool roots for PATH
  - `env`: variables; `ldflags`: for every link
  - `buildEnvironments`: Python modules for the back end
  - `settings`: by build system or back end (the module that pyproject.toml names, up to its first dot), arguments by key
  - `keep`: what a GC root should hold
  - `files`: what its settings name besides, in the store

  # Type
  `toolRecords :: { NAME :: { kind } -> AttrSet }`
*/
builtins.mapAttrs (
  name: file:
  let
    record = callPackage file { };
    table = base.tools.${name} or (throw "nix/toolchain/base.toml: no table [tools.${name}]");
    pinned =
      builtins.concatMap (root: base.roots.${root}) (table.roots or [ ])
      ++ map (tarball: base.tarballs.${tarball}) (table.tarballs or [ ]);
  in
  arguments:
  let
    found = if builtins.isFunction record then record arguments else record;
    complete = {
      path = [ ];
      env = { };
      ldflags = [ ];
      buildEnvironments = [ ];
      settings = { };
      keep = [ ];
      files = [ ];
    }
    // found;
  in
  complete // { keep = complete.path ++ complete.keep ++ map fetchSource pinned; }
) (lib.attrs.nixFiles ../tools)
