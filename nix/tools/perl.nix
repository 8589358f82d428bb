{ roots }:
let
  inherit (roots) buildtools;
in
{
  path = [ buildtools ];
  # It was compiled for folders of Debian.
  env.PERL5LIB = builtins.concatStringsSep ":" [
    "${buildtools}/usr/lib/x86_64-linux-gnu/perl/current"
    "${buildtools}/usr/share/perl/current"
    "${buildtools}/usr/lib/x86_64-linux-gnu/perl-base"
  ];
}
