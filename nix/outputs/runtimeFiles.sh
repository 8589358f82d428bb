# shellcheck shell=bash
# runtime, precompress: see runtimeFiles.nix
mkdir "$out"
# Without the pages, the types and the maps of the npm package; the lock is changed by who uses this.
for file in package.json pyodide.asm.mjs pyodide.asm.wasm pyodide.js pyodide.mjs python_stdlib.zip; do
  cp "$runtime/$file" "$out/$file"
done
node "$precompress" "$out"
cp "$runtime/pyodide-lock.json" "$out/"
