{
  base,
  buildPython,
  image,
  imageRoot,
  imageSettings,
  node,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
  testTools,
  toolchainContents,
}:
# What tests wheels in the stock runtime, without compilers.
image {
  name = "test";
  title = "wasmwright test";
  description = "Node, Pyodide and pytest, for the tests of wheels of the platform ${profile.abi.platform}";
  licenses = "Apache-2.0 AND MIT AND PSF-2.0 AND MPL-2.0 AND GPL-3.0-or-later";
  layers = imageRoot {
    name = "test";
    licences = {
      roots = [
        "libc"
        "python"
        "shell"
      ];
      profileRoots = [ "python" ];
      archives = [
        base.wheels.deflate
        base.wheels.node
        base.wheels.packaging
        profile.npm.pyodide
      ];
    };
    entries = [ imageSettings.source ];
  };
  contents = [
    toolchainContents.buildPythonPart
    toolchainContents.pythonPart
  ]
  ++ map toolchainContents.contentOf (
    [
      roots.libc
      roots.shell
      node
      pyodide-runtime
      sandboxPython.container
    ]
    ++ testTools.contents
    ++ [ testTools ]
  );
  settings = {
    Cmd = [
      "test-wheel"
      "--help"
    ];
    Entrypoint = imageSettings.asOwner;
    Env = imageSettings.env { PATH = "${testTools}/bin:${buildPython}/usr/bin:${node}/bin:${roots.shell}/usr/bin:/bin:/usr/bin"; };
    WorkingDir = "/src";
  };
}
