{ roots, sandboxPython }:
# What images have in common.
{
  /**
    `Env` of the OCI specification: the variables, and those that every image has.

    # Type
    `env :: AttrSet -> [String]`
  */
  env =
    variables:
    let
      all = {
        # The one folder that can be written in every image.
        HOME = "/tmp";
        PYTHONNOUSERSITE = "1";
        PYTHONDONTWRITEBYTECODE = "1";
        SSL_CERT_FILE = "/etc/ssl/certs/ca-certificates.crt";
      }
      // variables;
    in
    map (name: "${name}=${all.${name}}") (builtins.attrNames all);

  # The folder that users mount. Where nothing is mounted, it is the image's own user's.
  source = {
    path = "src";
    kind = "folder";
    owner = 1000;
  };

  # `Entrypoint`: starts as root, to go on as the owner of that folder.
  asOwner = [
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
}
