{
  base,
  image,
  imageRoot,
  imageSettings,
  profile,
  roots,
  site-server,
  toolchainContents,
}:
/**
  An image that serves a folder: a distribution, or a site of the user's.

  # Inputs
  - a derivation that is a folder, such as `dist` makes of an environment

  # Type
  `container-site :: Derivation -> Derivation`
*/
folder:
image {
  name = "site";
  title = "wasmwright site";
  description = "Python packages for the platform ${profile.abi.platform}, served over HTTP on port 8080";
  licenses = "Apache-2.0 AND MIT AND PSF-2.0 AND MPL-2.0 AND ZPL-2.1";
  layers = imageRoot {
    name = "site";
    licences = {
      roots = [
        "libc"
        "python"
        "shell"
      ];
      archives = [
        base.wheels.waitress
        profile.npm.pyodide
      ];
    };
    # A folder of the user's may be mounted in its place.
    entries = [
      {
        path = "srv";
        kind = "folder";
      }
      {
        path = "srv/site";
        kind = "link";
        text = "${folder}";
      }
    ];
  };
  contents = [
    toolchainContents.pythonPart
  ]
  ++ map (path: { inherit path; }) [
    roots.libc
    roots.shell
    site-server
    folder
  ];
  settings = {
    Cmd = [
      "${site-server}/bin/serve"
      "/srv/site"
      "--host"
      "0.0.0.0"
      "--port"
      "8080"
    ];
    Env = imageSettings.env { PATH = "${site-server}/bin:${roots.shell}/usr/bin:/bin:/usr/bin"; };
    ExposedPorts."8080/tcp" = { };
    # Not of the OCI specification; Docker knows it.
    Healthcheck = {
      Test = [
        "CMD"
        "${site-server}/bin/is-well"
        "8080"
      ];
      # In nanoseconds.
      Interval = 30000000000;
      Timeout = 5000000000;
      StartPeriod = 2000000000;
      Retries = 3;
    };
    StopSignal = "SIGTERM";
    User = "65534:65534";
    WorkingDir = "/srv";
  };
}
