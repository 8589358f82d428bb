{
  attested,
  base,
  fetchSource,
  node,
  profile,
  runOutput,
  runtimeFiles,
}:
/**
  A distribution of an environment: a folder of runtime, wheels, locks and indexes, for any server of files.

  # Type
  `dist :: Environment -> Derivation`
*/
environment:
let
  # Among the stock runtime's packages too: people expect it wherever that is.
  further = [ base.wheels.micropip ];
in
attested (
  derivation (
    runOutput {
      module = "dist";
      wheels = [
        "packaging"
        "tomlkit"
      ];
    }
    // {
      name = builtins.replaceStrings [ "-environment-" ] [ "-dist-" ] environment.name;
      manifest = builtins.toJSON {
        environment = "${environment}";
        runtime = "${runtimeFiles}";
        node = "${node}/bin/node";
        precompress = "${../../builder/wasmwright/outputs/precompress.mjs}";
        python_full = profile.abi.python-full;
        further = map (entry: {
          inherit (entry) file purl;
          path = "${fetchSource entry}";
        }) further;
      };
      passAsFile = [ "manifest" ];
    }
  )
  // {
    inherit environment;
    inherit (environment) packages profile;
    sources = environment.sources ++ map fetchSource further;
    kind = "dist";
    carries = [ (profile.npm.pyodide // { license = "MPL-2.0"; }) ];
  }
)
