# shellcheck shell=sh
# tarball: the npm package
mkdir -p "$out"
tar xz -C "$out" --strip-components 1 -f "$tarball"
for file in pyodide.mjs pyodide.asm.mjs pyodide.asm.wasm python_stdlib.zip pyodide-lock.json; do
  [ -f "$out/$file" ] || { echo "the npm package has no $file" >&2; exit 1; }
done
