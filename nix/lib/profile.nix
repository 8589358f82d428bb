lib: {
  /**
    A profile with its lock. Throws when they do not belong together.

    # Type
    `load :: Path -> String -> AttrSet`

    # Inputs
    the folder of the profiles, and the profile's name
  */
  load =
    dir: name:
    let
      file = dir + "/${name}.toml";
      lockFile = dir + "/${name}.lock.json";
      wanted = builtins.fromTOML (builtins.readFile file);
      lock =
        if builtins.pathExists lockFile then
          builtins.fromJSON (builtins.readFile lockFile)
        else
          throw "nix/toolchain/${name}.lock.json is missing: run ./wasmwright lock --toolchain";
      source =
        key: lock.sources.${key} or (throw "nix/toolchain/${name}.lock.json: no source ${key}: run ./wasmwright lock --toolchain");
    in
    if lock.profile_sha256 != builtins.hashFile "sha256" file then
      throw "nix/toolchain/${name}.lock.json was made from another ${name}.toml: run ./wasmwright lock --toolchain"
    else
      {
        inherit name;
        inherit (wanted) abi;
        busybox = lock.bootstrap.busybox;
        roots = builtins.mapAttrs (_: map source) lock.roots;
        wheels = builtins.mapAttrs (_: source) lock.wheels;
        npm = builtins.mapAttrs (_: source) lock.npm;
        tarballs = builtins.mapAttrs (_: source) (lock.tarballs or { });
        sources = lock.sources;
      };
}
