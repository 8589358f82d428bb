{ callPackage, roots }:
# autoconf, automake and libtool. Macros of other tools are found by ACLOCAL_PATH.
callPackage ./perl.nix { }
// {
  path = [
    roots.autotools
    roots.buildtools
  ];
  env = (callPackage ./perl.nix { }).env // {
    ACLOCAL_PATH = "${roots.autotools}/usr/share/aclocal:${roots.buildtools}/usr/share/aclocal";
  };
}
