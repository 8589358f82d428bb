{ system, profile }:
# The first builder: one static executable, put into the store by `wasmwright fetch`.
derivation {
  inherit system;
  inherit (profile.busybox) name;
  builder = "/bin/sh";
  args = [
    "-c"
    "echo 'wasmwright: source ${profile.busybox.name} is not in the store: run ./wasmwright fetch' >&2; exit 1"
  ];
  outputHashMode = "recursive";
  outputHashAlgo = "sha256";
  outputHash = profile.busybox.nar_sha256;
  preferLocalBuild = true;
}
