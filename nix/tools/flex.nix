{ roots }:
{
  path = [ roots.parsers ];
  env.M4 = "${roots.buildtools}/usr/bin/m4";
}
