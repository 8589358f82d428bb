# shellcheck shell=sh
# Emscripten's JavaScript tools import these two; Debian's own copies want Debian's node.
modules=usr/share/emscripten/node_modules
rm -rf "$modules"
for pair in "acorn=$acorn" "acorn-import-phases=$acornImportPhases"; do
  mkdir -p "$modules/${pair%%=*}"
  tar xz -C "$modules/${pair%%=*}" --strip-components 1 -f "${pair#*=}"
done
rm -rf usr/share/emscripten/test usr/share/emscripten/docs usr/share/emscripten/site
PYTHONHASHSEED=0 "$python/usr/bin/python$pythonVersion" -I -m compileall -q -j 1 --invalidation-mode unchecked-hash \
  -s "$out" -p / "$out/usr/share/emscripten"
