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
# What every build needs: the pinned sources of the toolchain, and what was made of them. The private Nix is kept elsewhere,
# the Fortran compiler and CMake by the packages that ask for them; the native compiler and LFortran serve checks alone.
let
  without = [
    "cmake"
    "flang"
    "lfortran"
    "native"
    "nix"
  ];
in
mkKept {
  inherit (profile) name;
  paths =
    map fetchSource (
      [ profile.sources.${profile.busybox.source} ]
      ++ builtins.concatLists (builtins.attrValues (builtins.removeAttrs profile.roots without))
      ++ builtins.attrValues profile.wheels
      ++ builtins.attrValues profile.npm
    )
    ++ builtins.attrValues (builtins.removeAttrs roots without)
    ++ [
      busybox
      frontend
      node
      pyodide-runtime
      toolchain
    ];
}
