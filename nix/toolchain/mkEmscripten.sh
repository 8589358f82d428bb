# shellcheck shell=sh
# node, emscripten, llvm, python, shell, cache: see mkEmscripten.nix
mkdir -p "$out/bin" "$out/etc"
{
  echo "EMSCRIPTEN_ROOT = '$emscripten/usr/share/emscripten'"
  echo "LLVM_ROOT = '$(echo "$llvm"/usr/lib/llvm-*/bin)'"
  echo "BINARYEN_ROOT = '$emscripten/usr'"
  echo "NODE_JS = '$node/bin/node'"
  if [ -n "$cache" ]; then
    echo "CACHE = '$cache'"
    echo "FROZEN_CACHE = True"
  fi
} > "$out/etc/emscripten.py"

# Debian's launchers look for a python3 on PATH; these know theirs. -S: no site-packages, a faster start; -B: root could
# write byte code into the store.
for program in "$emscripten"/usr/share/emscripten/em*.py; do
  base=${program##*/}
  base=${base%.py}
  {
    echo "#!$shell/usr/bin/bash"
    echo "unset _PYTHON_SYSCONFIGDATA_NAME"
    echo "export EM_CONFIG=$out/etc/emscripten.py EMSDK_PYTHON=$python/usr/bin/python3"
    # Nothing but LLVM's own version differs from what Debian's Emscripten was made for.
    echo "exec $python/usr/bin/python3 -E -s -S -B $program \"\$@\""
  } > "$out/bin/$base"
  chmod 755 "$out/bin/$base"
done
ln -s "$llvm"/usr/lib/llvm-*/bin/llvm-nm "$out/bin/llvm-nm"
for tool in llvm-ar llvm-objdump llvm-readobj llvm-strip llvm-objcopy wasm-ld; do
  ln -sf "$llvm"/usr/lib/llvm-*/bin/$tool "$out/bin/$tool"
done
