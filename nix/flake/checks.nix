# What `nix flake check` builds.
scope: { }
