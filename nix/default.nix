{
  system ? "x86_64-linux",
  profile ? null,
}:
# Everything for one profile, the default one if none is named.
let
  scopes = import ./scopes.nix { inherit system; };
  name = if profile == null then scopes.default else profile;
in
scopes.profiles.${name}
  or (throw "there is no profile ${name}; known are ${builtins.concatStringsSep ", " (builtins.attrNames scopes.profiles)}")
