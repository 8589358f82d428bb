# The whole cross toolchain on PATH, the environment of a cross build, and a PEP 517 front end; `fortran` has a Fortran compiler
# with its runtime besides. One pair by the name of each profile, and the default one's.
scopes:
let
  scope = scopes.profiles.${scopes.default};
  ofProfile = name: {
    ${name} = scopes.profiles.${name}.devShell;
    "${name}-fortran" = scopes.profiles.${name}.devShellFortran;
  };
in
builtins.foldl' (all: name: all // ofProfile name) {
  default = scope.devShell;
  fortran = scope.devShellFortran;
} (builtins.attrNames scopes.profiles)
