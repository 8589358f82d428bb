{
  fetchSource,
  profile,
  runOutput,
}:
/**
  Wheels that fit each other and one runtime, in a folder: all that outputs are made of. Its `environment.json` says of each
  wheel what an output may ask, and nothing in it needs anything that is not in it.

  # Inputs
  - `packages`: ours
  - `locked`: what a lock says of wheels, `{ name, version, file, sha256, extras }`; empty where there is none
  - `entries`: wheels of the index, as locks have them
  - `advice`: what to do about wheels that are missing or do not fit

  # Type
  `mkEnvironment :: { name, packages, locked, entries, advice? } -> Derivation`
*/
{
  name,
  packages,
  locked,
  entries,
  advice ? "make the lock anew: ./wasmwright env lock",
}:
let
  sources = map fetchSource entries;
  wheels =
    map (package: {
      origin = "built";
      path = "${package.wheels.main}";
      purl = "pkg:generic/wasmwright/${package.pname}@${package.version}";
      # What the recipe says was looked at; a wheel says what its project says.
      license = package.meta.license or null;
    }) packages
    ++ map (entry: {
      inherit (entry) file purl;
      origin = "index";
      path = "${fetchSource entry}";
    }) entries;
in
derivation (
  runOutput {
    module = "environment";
    wheels = [ "packaging" ];
  }
  // {
    name = "${name}-environment-${profile.short}";
    manifest = builtins.toJSON {
      inherit advice locked wheels;
      profile = profile.name;
      inherit (profile.abi) platform python;
      python_full = profile.abi.python-full;
    };
    passAsFile = [ "manifest" ];
  }
)
// {
  inherit packages sources;
  profile = profile.name;
}
