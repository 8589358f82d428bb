{
  fetchSource,
  patchelf,
  runBusybox,
}:
/**
  A tool root: Debian packages unpacked side by side, with every program and library bound to the store.

  # Inputs
  - `name`
  - `debs`: entries of a lock
  - `libraries`: roots whose libraries these programs use; the first one that has a C library gives the loader
  - `remove`: shell patterns, relative to the root, of what nobody needs at build time
  - `links`: alternative names, as Debian's maintainer scripts would make: `{ "usr/bin/sh" = "bash"; }`
  - `finish`: a shell file run at the end, in the root

  # Type
  `mkDebRoot :: { name, debs, libraries?, remove?, links?, finish?, env? } -> Derivation`
*/
{
  name,
  debs,
  libraries ? [ ],
  remove ? [ ],
  links ? { },
  finish ? null,
  env ? { },
}:
runBusybox {
  name = "${name}-root";
  script = ./mkDebRoot.sh;
  env = env // {
    inherit libraries patchelf remove;
    debs = map fetchSource debs;
    links = map (link: "${link}=${links.${link}}") (builtins.attrNames links);
    finish = if finish == null then "" else finish;
  };
}
