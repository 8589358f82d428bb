lib:
let
  readLocked =
    name: file: lockFile:
    let
      lock =
        if builtins.pathExists lockFile then
          builtins.fromJSON (builtins.readFile lockFile)
        else
          throw "${shown lockFile} is missing: run ./wasmwright lock --toolchain";
      source =
        key: lock.sources.${key} or (throw "${shown lockFile}: no source ${key}: run ./wasmwright lock --toolchain");
    in
    if lock.wanted_sha256 != builtins.hashFile "sha256" file then
      throw "${shown lockFile} was made from another ${builtins.baseNameOf file}: run ./wasmwright lock --toolchain"
    else
      {
        inherit name;
        roots = builtins.mapAttrs (_: map source) (lock.roots or { });
        wheels = builtins.mapAttrs (_: source) (lock.wheels or { });
        npm = builtins.mapAttrs (_: source) (lock.npm or { });
        tarballs = builtins.mapAttrs (_: source) (lock.tarballs or { });
        inherit (lock) sources;
        bootstrap = lock.bootstrap or { };
      };
  # As people call it: the last folder and the name.
  shown = file: "${builtins.baseNameOf (builtins.dirOf file)}/${builtins.baseNameOf file}";
in
{
  /**
    What is no ABI (compilers, shell, tools), with its pins. Throws when file and lock do not belong together.

    # Inputs
    the folder with `base.toml` and `base.lock.json`

    # Type
    `base :: Path -> { compiler, tools, systems, roots, buildRoots, wheels, buildWheels, npm, tarballs, sources, busybox }`
  */
  base =
    dir:
    let
      file = dir + "/base.toml";
      wanted = builtins.fromTOML (builtins.readFile file);
      pins = readLocked "base" file (dir + "/base.lock.json");
    in
    pins
    // {
      inherit (wanted) compiler;
      tools = wanted.tools or { };
      systems = wanted.systems or { };
      # The roots that builds of packages use: each root says so, unless it serves something else.
      buildRoots = builtins.filter (root: !(wanted.roots.${root} ? for)) (builtins.attrNames pins.roots);
      # The wheels, likewise.
      buildWheels = builtins.filter (wheel: !(wanted.wheels.${wheel} ? for)) (builtins.attrNames pins.wheels);
      inherit (pins.bootstrap) busybox;
    };

  /**
    An ABI with its pins. `short` is its name without what all names begin with. Throws when there is no such profile, or
    when file and lock do not belong together.

    # Inputs
    the folder of the profiles, and the profile's name

    # Type
    `profile :: Path -> String -> { name, short, abi, include, roots, npm, sources }`
  */
  profile =
    dir: name:
    let
      file = dir + "/${name}.toml";
      include = dir + "/${name}/include";
      known = builtins.concatStringsSep ", " (lib.pins.profileNames dir);
      wanted = builtins.fromTOML (builtins.readFile file);
    in
    if !builtins.pathExists file then
      throw "there is no profile ${name}; known are ${known}"
    else
      readLocked name file (dir + "/${name}.lock.json")
      // {
        short = builtins.replaceStrings [ "pyemscripten_" ] [ "" ] name;
        abi = {
          lacking = [ ];
          differing = [ ];
        }
        // wanted.abi;
        include = if builtins.pathExists include then include else null;
      };

  /**
    The profiles that there are.

    # Type
    `profileNames :: Path -> [String]`
  */
  profileNames =
    dir:
    builtins.concatMap (
      file:
      let
        found = builtins.match "(.*)[.]toml" file;
      in
      if found == null then [ ] else found
    ) (builtins.attrNames (builtins.readDir dir));

  /**
    The profile that is meant when none is named: the one line of the file `default-profile`.

    # Type
    `defaultProfile :: Path -> String`
  */
  defaultProfile = dir: builtins.head (builtins.match "([^\n]*)\n?" (builtins.readFile (dir + "/default-profile")));
}
