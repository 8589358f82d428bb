{ roots }:
{
  path = [ roots.parsers ];
  # Its own places are Debian's.
  env = {
    BISON_PKGDATADIR = "${roots.parsers}/usr/share/bison";
    M4 = "${roots.buildtools}/usr/bin/m4";
  };
}
