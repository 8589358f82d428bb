{
  busybox,
  fetchSource,
  frontend,
  mkKept,
  node,
  profile,
  pyodide-runtime,
  roots,
  toolchain,
}:
# What every build needs: the pinned sources of the toolchain (the private Nix is kept elsewhere), and what was made of them.
mkKept {
  inherit (profile) name;
  paths =
    map fetchSource (
      [ profile.sources.${profile.busybox.source} ]
      ++ builtins.concatLists (builtins.attrValues (builtins.removeAttrs profile.roots [ "nix" ]))
      ++ builtins.attrValues profile.wheels
      ++ builtins.attrValues profile.npm
    )
    ++ builtins.attrValues roots
    ++ [
      busybox
      frontend
      node
      pyodide-runtime
      toolchain
    ];
}
