{
  lib,
  mkEnvironment,
  packages,
  profile,
}:
# The ways to an environment.
let
  inherit (lib.lists) unique;
  hasWheel = package: package.wheels.main != null;
  package =
    name:
    packages.${name} or (throw "pkgs/ has no package ${name} for the profile ${profile.name}: ./wasmwright build --all --dry-run lists those that it has");
in
{
  /**
    Packages of ours, with all that has to be installed with them, as their own locks pin it.

    # Type
    `ofPackages :: [String] -> Environment`
  */
  ofPackages =
    names:
    mkEnvironment {
      name = if builtins.length names == 1 then builtins.head names else "packages";
      packages = builtins.filter hasWheel (
        unique (
          builtins.concatMap (
            name:
            let
              asked = package name;
            in
            [ asked ] ++ asked.beside
          ) names
        )
      );
      locked = [ ];
      entries = lib.packageLock.newest (builtins.concatMap (name: (package name).required) names);
      advice = "what pkgs/ does not have comes with a lock: ./wasmwright env lock --package NAME";
    };

  /**
    What a `pylock.toml` of `wasmwright env lock` names.

    # Type
    `fromLock :: Path -> Environment`
  */
  fromLock =
    file:
    let
      lock = builtins.fromTOML (builtins.readFile file);
      relock = "make it anew with ./wasmwright env lock";
      of = wanted: wanted.tool.wasmwright or (throw "${toString file}: ${wanted.name} has no [packages.tool.wasmwright]: ${relock}");
      wheel = wanted: builtins.head wanted.wheels;
      isBuilt = wanted: (of wanted).origin == "built";
      made = lock.tool.wasmwright or (throw "${toString file} was not made by wasmwright: ${relock}");
    in
    if made.profile != profile.name then
      throw "${toString file} is for the profile ${made.profile}, and this is ${profile.name}"
    else
      mkEnvironment {
        name = "locked";
        packages = map (wanted: package wanted.name) (builtins.filter isBuilt lock.packages);
        locked = map (wanted: {
          inherit (wanted) name version;
          inherit ((wheel wanted).hashes) sha256;
          file = (wheel wanted).name;
          extras = (of wanted).extras or [ ];
        }) lock.packages;
        entries = map (wanted: {
          inherit (of wanted) purl;
          inherit (wheel wanted) size;
          inherit ((wheel wanted).hashes) sha256;
          file = (wheel wanted).name;
          name = (of wanted).store-name;
        }) (builtins.filter (wanted: !isBuilt wanted) lock.packages);
      };
}
