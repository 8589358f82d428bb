{
  bashScript,
  node,
  profile,
  pyodide-runtime,
  roots,
}:
# What the stock runtime's `loadPyodide` reads, with compressed copies for servers: made once for all distributions of a profile.
derivation (
  bashScript ./runtimeFiles.sh
  // {
    name = "runtime-files-${profile.short}";
    PATH = "${roots.shell}/usr/bin:${node}/bin";
    runtime = pyodide-runtime;
    precompress = ../../builder/wasmwright/outputs/precompress.mjs;
  }
)
