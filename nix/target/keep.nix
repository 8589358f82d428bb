{
  base,
  buildPython,
  busybox,
  fetchSource,
  frontend,
  libraryToolchain,
  mkKept,
  node,
  profile,
  pyodide-runtime,
  roots,
  toolchain,
}:
# What every build for this profile needs: pinned sources, and what was made of them. What only some recipes ask for is kept by
# the packages that do.
let
  ofTools = builtins.concatMap (tool: tool.roots or [ ]) (builtins.attrValues base.tools);
  always = builtins.filter (root: !builtins.elem root ofTools) base.buildRoots;
in
mkKept {
  inherit (profile) name;
  paths =
    map fetchSource (
      [ base.sources.${base.busybox.source} ]
      ++ builtins.concatMap (root: base.roots.${root}) always
      ++ map (wheel: base.wheels.${wheel}) base.buildWheels
      ++ builtins.attrValues base.npm
      ++ builtins.concatLists (builtins.attrValues profile.roots)
      ++ builtins.attrValues profile.npm
    )
    ++ map (root: roots.${root}) always
    ++ [
      buildPython
      busybox
      frontend
      libraryToolchain
      node
      pyodide-runtime
      toolchain
    ];
}
