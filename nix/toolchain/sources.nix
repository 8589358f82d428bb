{
  fetchSource,
  lib,
  profile,
  roots,
  system,
}:
# Every pinned source in one closure, so that one GC root keeps them all.
let
  locks = lib.attrs.foldersWith "lock.json" ../../pkgs;
  ofPackage =
    file:
    let
      lock = builtins.fromJSON (builtins.readFile file);
    in
    [ lock.source ] ++ lock.build_requires ++ lock.test_requires;
  # The private Nix is kept elsewhere.
  toolchain =
    builtins.concatLists (builtins.attrValues (builtins.removeAttrs profile.roots [ "nix" ]))
    ++ builtins.attrValues profile.wheels
    ++ builtins.attrValues profile.npm;
in
derivation {
  inherit system;
  name = "sources-${profile.name}";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    "printf '%s\\n' $sources > $out"
  ];
  sources = map fetchSource (
    toolchain ++ builtins.concatMap ofPackage (builtins.attrValues locks)
  );
}
