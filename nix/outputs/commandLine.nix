{
  bashScript,
  buildEnvironment,
  buildPython,
  fetchSource,
  lib,
  profile,
  roots,
}:
# The command line with the Python packages that it needs, and this checkout for where nobody mounts one.
let
  inherit (builtins.fromTOML (builtins.readFile ./command-line/recipe.toml)) package;
  view = lib.packageLock.view {
    inherit (package) name;
    inherit profile;
    lock = builtins.fromJSON (builtins.readFile ./command-line/lock.json);
    file = "command-line/lock.json";
    relock = "run ./wasmwright lock --toolchain";
  };
  sources = map fetchSource view.buildRequires;
  environment = buildEnvironment {
    name = "command-line";
    wheels = sources;
  };
  # What builds read: no tests, no pages, nothing that git does not know.
  kept = [
    "LICENSE"
    "builder"
    "flake.lock"
    "flake.nix"
    "nix"
    "overlays"
    "pkgs"
    "poetry.lock"
    "pyproject.toml"
    "wasmwright"
  ];
  checkout = builtins.path {
    name = "wasmwright-checkout";
    path = ../..;
    filter =
      path: _:
      let
        relative = builtins.substring (builtins.stringLength (toString ../..) + 1) (-1) path;
        top = builtins.head (builtins.match "([^/]*)(/.*)?" relative);
      in
      builtins.elem top kept && baseNameOf path != "__pycache__";
  };
in
derivation (
  bashScript ./commandLine.sh
  // {
    name = "command-line-${profile.short}";
    inherit checkout;
    modules = environment;
    python = "${buildPython}/usr/bin";
    pythonVersion = profile.abi.python;
    bash = "${roots.shell}/usr/bin/bash";
    PATH = "${roots.shell}/usr/bin";
  }
)
// {
  inherit checkout sources;
  wheels = view.buildRequires;
  contents = [
    environment
    checkout
  ];
}
