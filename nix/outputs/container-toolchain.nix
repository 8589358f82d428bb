{
  devShellFortran,
  image,
  imageRoot,
  imageSettings,
  node,
  profile,
  roots,
  sandboxPython,
  toolchainContents,
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
in
image {
  name = "toolchain";
  title = "wasmwright toolchain";
  description = "Compilers for WebAssembly (C, C++, Fortran), for Python wheels of the platform ${profile.abi.platform}";
  licenses = "Apache-2.0 AND Apache-2.0 WITH LLVM-exception AND MIT AND PSF-2.0 AND GPL-3.0-or-later AND MPL-2.0";
  layers = imageRoot {
    name = "toolchain";
    inherit (toolchainContents) licences;
    # Where nothing is mounted, it is the image's own user's.
    entries = [
      {
        path = "src";
        kind = "folder";
        owner = 1000;
      }
    ];
  };
  contents = toolchainContents.contents ++ [ { path = sandboxPython.container; } ];
  settings = {
    Cmd = [ "/bin/sh" ];
    # Starts as root, to go on as the owner of what is mounted.
    Entrypoint = [
      "${roots.python}/usr/bin/python3"
      "-I"
      "-S"
      "-B"
      "-c"
      sandboxPython.runner
      "${sandboxPython.container}"
      "wasmwright.container.asowner"
      "/src"
    ];
    Env = imageSettings.env (shell // { PATH = "${shell.PATH}:${node}/bin:/bin:/usr/bin"; });
    WorkingDir = "/src";
  };
}
