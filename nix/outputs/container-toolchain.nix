{
  devShellFortran,
  image,
  imageRoot,
  imageSettings,
  node,
  profile,
  sandboxPython,
  toolchainContents,
  wheelTools,
}:
# The compilers and what a wheel is tested with, for projects outside of Nix: the environment is the Fortran shell's.
let
  shell = builtins.removeAttrs devShellFortran.drvAttrs [
    "args"
    "builder"
    "name"
    "outputs"
    "shellHook"
    "system"
  ];
  variables = shell // {
    PATH = "${wheelTools}/bin:${shell.PATH}:${node}/bin:/bin:/usr/bin";
  };
  contents = toolchainContents.contents ++ [ { path = sandboxPython.container; } ];
in
image {
  inherit contents;
  name = "toolchain";
  title = "wasmwright toolchain";
  description = "Compilers for WebAssembly (C, C++, Fortran), for Python wheels of the platform ${profile.abi.platform}";
  licenses = "Apache-2.0 AND Apache-2.0 WITH LLVM-exception AND MIT AND PSF-2.0 AND GPL-3.0-or-later AND MPL-2.0";
  layers = imageRoot {
    name = "toolchain";
    inherit (toolchainContents) licences;
    entries = [ imageSettings.source ];
  };
  settings = {
    Cmd = [ "/bin/sh" ];
    Entrypoint = imageSettings.asOwner;
    Env = imageSettings.env variables;
    WorkingDir = "/src";
  };
}
// {
  inherit contents variables;
}
