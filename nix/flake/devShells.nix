# The whole cross toolchain on PATH, the environment of a cross build, and a PEP 517 front end.
scope: { default = scope.devShell; }
