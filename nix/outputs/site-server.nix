{
  base,
  bashScript,
  fetchSource,
  roots,
  sandboxPython,
}:
# `serve` and `is-well`, without the command line: what serves folders in images.
derivation (
  bashScript ./site-server.sh
  // {
    name = "site-server";
    part = sandboxPython.serving;
    waitress = fetchSource base.wheels.waitress;
    python = "${roots.python}/usr/bin/python3";
    bash = "${roots.shell}/usr/bin/bash";
    PATH = "${roots.shell}/usr/bin";
  }
)
