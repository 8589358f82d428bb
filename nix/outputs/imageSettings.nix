{ }:
# What settings of images have in common.
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
}
