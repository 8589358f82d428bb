# shellcheck shell=sh
# Emscripten's JavaScript tools import these two; Debian's own copies want Debian's node.
modules=usr/share/emscripten/node_modules
rm -rf "$modules"
for pair in "acorn=$acorn" "acorn-import-phases=$acornImportPhases"; do
  mkdir -p "$modules/${pair%%=*}"
  tar xz -C "$modules/${pair%%=*}" --strip-components 1 -f "${pair#*=}"
done
rm -rf usr/share/emscripten/test usr/share/emscripten/docs usr/share/emscripten/site
# Where the cache of system libraries is frozen, Emscripten writes the same JavaScript anew for every program that a configure
# script links. A build names a folder of its own to keep it in.
# Upstream: https://github.com/emscripten-core/emscripten/blob/main/tools/emscripten.py (compile_javascript_cached)
tools=usr/share/emscripten/tools
for file in "$tools/emscripten.py" "$tools/link.py"; do
  grep -q 'BOOTSTRAPPING_STRUCT_INFO or config.FROZEN_CACHE' "$file"
  sed -i "s/BOOTSTRAPPING_STRUCT_INFO or config.FROZEN_CACHE/BOOTSTRAPPING_STRUCT_INFO or not os.environ.get('WASMWRIGHT_JS_CACHE')/" "$file"
done
grep -q 'root = cache.get_path(filetype)' "$tools/emscripten.py"
sed -i "s/root = cache.get_path(filetype)/root = os.path.join(os.environ['WASMWRIGHT_JS_CACHE'], filetype)/" "$tools/emscripten.py"
PYTHONHASHSEED=0 "$python/usr/bin/python$pythonVersion" -I -m compileall -q -j 1 --invalidation-mode unchecked-hash \
  -s "$out" -p / "$out/usr/share/emscripten"
