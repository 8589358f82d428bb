{
  base,
  fetchSource,
  lib,
  profile,
  runBusybox,
}:
/**
  The licences of what is in an image: tool roots have none, as builds read none.

  # Inputs
  - `name`: the image's
  - `roots`: names of roots of the base, whose packages are all in the image; `profileRoots`: of the profile
  - `archives`: sources that are no Debian packages, whose licences lie in them

  # Type
  `imageLicences :: { name, roots, profileRoots ? [ ], archives ? [ ] } -> Derivation`
*/
{
  name,
  roots,
  profileRoots ? [ ],
  archives ? [ ],
}:
runBusybox {
  name = "licences-of-${name}";
  script = ./imageLicences.sh;
  env = {
    debs = lib.lists.unique (
      map fetchSource (
        builtins.concatMap (root: base.roots.${root}) ([ "image-files" ] ++ roots)
        ++ builtins.concatMap (root: profile.roots.${root}) profileRoots
      )
    );
    archives = lib.lists.unique (map fetchSource archives);
    own = ../../LICENSE;
  };
}
