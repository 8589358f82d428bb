{
  imageFiles,
  imageLayer,
  imageLicences,
  roots,
}:
/**
  What an image has outside of the store: the few files that programs count on, and licences. Two layers, the lowest ones.

  # Inputs
  - `name`: the image's
  - `licences`: what `imageLicences` takes besides
  - `entries`: further ones, as `imageLayer` takes them

  # Type
  `imageRoot :: { name, licences, entries ? [ ] } -> [Derivation]`

  The one with the licences has their folder as `licences`.
*/
{
  name,
  licences,
  entries ? [ ],
}:
let
  texts = imageLicences (licences // { inherit name; });
  folder = path: {
    inherit path;
    kind = "folder";
  };
  link = path: text: {
    inherit path text;
    kind = "link";
  };
  file = path: text: {
    inherit path text;
    kind = "file";
    mode = "0644";
  };
in
[
  (imageLayer {
    name = "root";
    trees = [
      {
        source = "${imageFiles}/ca-certificates.crt";
        at = "etc/ssl/certs/ca-certificates.crt";
        omit = [ ];
      }
    ];
    entries =
      map folder [
        "bin"
        "etc"
        "etc/ssl"
        "etc/ssl/certs"
        "nix"
        "nix/store"
        "usr"
        "usr/bin"
        "usr/share"
      ]
      ++ [
        (
          folder "tmp"
          // {
            mode = "1777";
          }
        )
        (link "bin/sh" "${roots.shell}/usr/bin/bash")
        (link "usr/bin/env" "${roots.shell}/usr/bin/env")
        (file "etc/passwd" "root:x:0:0:root:/tmp:/bin/sh\nbuilder:x:1000:1000:builder:/tmp:/bin/sh\nnobody:x:65534:65534:nobody:/tmp:/bin/sh\n")
        (file "etc/group" "root:x:0:\nbuilder:x:1000:\nnogroup:x:65534:\n")
        (file "etc/nsswitch.conf" "passwd: files\ngroup: files\nhosts: files dns\n")
      ]
      ++ entries;
  })
  (
    imageLayer {
      name = "licences";
      trees = [
        {
          source = "${texts}";
          at = "usr/share/doc";
          omit = [ ];
        }
        {
          source = "${imageFiles}/common-licenses";
          at = "usr/share/common-licenses";
          omit = [ ];
        }
      ];
    }
    // {
      licences = texts;
    }
  )
]
