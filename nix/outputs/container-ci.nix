{
  busybox,
  commandLine,
  container-toolchain,
  image,
  imageLayer,
  imageRoot,
  imageSettings,
  packageBuilds,
  profile,
  roots,
  storeDatabase,
  toolchainContents,
}:
# What builds recipes: the toolchain, whose layers it shares, with Nix, its database and the command line.
let
  name = "ci";
  folder = path: {
    inherit path;
    kind = "folder";
  };
  own = map (path: { inherit path; }) ([ roots.nix ] ++ packageBuilds ++ commandLine.contents ++ [ commandLine ]);
  # Each once: much of what builds take is what the toolchain's image has, too.
  known = map (content: "${content.path}") container-toolchain.contents;
  contents =
    container-toolchain.contents ++ builtins.filter (content: !builtins.elem "${content.path}" known) own;
  database = storeDatabase {
    inherit name;
    paths = map (content: "${content.path}") contents;
  };
in
image {
  inherit contents name;
  isWhole = true;
  title = "wasmwright ci";
  description = "Nix, the command line and the toolchain of wasmwright: builds recipes of the platform ${profile.abi.platform}";
  licenses = "Apache-2.0 AND Apache-2.0 WITH LLVM-exception AND MIT AND PSF-2.0 AND GPL-3.0-or-later AND LGPL-2.1-or-later AND MPL-2.0";
  layers =
    imageRoot {
      inherit name;
      licences = toolchainContents.licences // {
        roots = toolchainContents.licences.roots ++ [ "nix" ];
        archives = toolchainContents.licences.archives ++ commandLine.wheels;
      };
      entries = [
        imageSettings.source
        (folder "etc/nix")
        {
          path = "etc/nix/nix.conf";
          kind = "file";
          mode = "0644";
          # Root of a container is no root of the machine: there are no users to build as, and groups cannot be dropped. Nix's
          # sandbox takes what few containers are given: the container stands in its place, unless NIX_CONFIG says otherwise.
          text = ''
            build-users-group =
            experimental-features = nix-command flakes
            require-drop-supplementary-groups = false
            sandbox = false
            sandbox-fallback = false
            sandbox-paths = /bin/sh=${busybox}/bin/${busybox.name}
            substituters =
          '';
        }
        {
          path = "etc/gitconfig";
          kind = "file";
          mode = "0644";
          # A checkout that is mounted is another user's.
          text = "[safe]\n\tdirectory = *\n";
        }
      ];
    }
    ++ [
      (imageLayer {
        name = "nix-database";
        entries = map folder [
          "nix/var"
          "nix/var/nix"
        ];
        trees = map (part: {
          source = "${database}/${part}";
          at = "nix/var/nix/${part}";
          omit = [ ];
        }) [
          "db"
          "gcroots"
        ];
      })
    ];
  settings = {
    Cmd = [ "/bin/sh" ];
    Env = imageSettings.env (
      container-toolchain.variables
      // {
        PATH = "${commandLine}/bin:${roots.nix}/usr/bin:${container-toolchain.variables.PATH}";
        # What is made is thrown away with the container: nothing is fetched to make it once more.
        WASMWRIGHT_KEEP = "0";
      }
    );
    WorkingDir = "/src";
  };
}
