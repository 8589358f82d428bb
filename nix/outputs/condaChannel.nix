{
  attested,
  profile,
  runOutput,
}:
/**
  A conda channel of an environment: a package of each wheel, and stubs for the runtime's Python.

  # Type
  `condaChannel :: Environment -> Derivation`
*/
environment:
attested (
  derivation (
    runOutput {
      module = "conda";
      wheels = [ "packaging" ];
      unpacked = [ "rattler-build" ];
    }
    // {
      name = builtins.replaceStrings [ "-environment-" ] [ "-conda-channel-" ] environment.name;
      manifest = builtins.toJSON {
        environment = "${environment}";
        libraries = map (package: package.pname) (
          builtins.filter (package: package.kind == "library") environment.packages
        );
        python = {
          profile = profile.name;
          version = profile.abi.python;
          full = profile.abi.python-full;
          tag = profile.abi.python-tag;
        };
      };
      passAsFile = [ "manifest" ];
    }
  )
  // {
    inherit environment;
    inherit (environment) packages profile sources;
    kind = "conda-channel";
    carries = [ ];
  }
)
