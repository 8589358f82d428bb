{ system, base }:
# The first builder: one static executable, put into the store by `wasmwright fetch`.
derivation {
  inherit system;
  inherit (base.busybox) name;
  builder = "/bin/sh";
  args = [
    "-c"
    "echo 'wasmwright: source ${base.busybox.name} is not in the store: run ./wasmwright fetch' >&2; exit 1"
  ];
  outputHashMode = "recursive";
  outputHashAlgo = "sha256";
  outputHash = base.busybox.nar_sha256;
  preferLocalBuild = true;
}
