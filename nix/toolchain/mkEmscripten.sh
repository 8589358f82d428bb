# shellcheck shell=sh
# node, emscripten, llvm, python, pythonOptions, shell, cache: see mkEmscripten.nix
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

# Debian's launchers look for a python3 on PATH; these know theirs. -S: no site-packages, -X: only what is used, a faster
# start; -B: root could write byte code into the store. Of Emscripten's variables those are kept that cannot lead it to
# other tools or thaw its cache, and none that is empty.
for program in "$emscripten"/usr/share/emscripten/em*.py; do
  base=${program##*/}
  base=${base%.py}
  # The others start seldom, and some count on what the modules that they import do: emscan-deps on the names of warnings.
  case $base in emcc | em++ | emar | emranlib | emnm | emstrip) options=$pythonOptions ;; *) options= ;; esac
  {
    echo "#!$shell/usr/bin/bash"
    echo "unset _PYTHON_SYSCONFIGDATA_NAME EM_LLVM_ROOT EM_BINARYEN_ROOT EM_NODE_JS EM_FROZEN_CACHE"
    for variable in EM_CACHE EM_PORTS EMCC_DEBUG; do
      echo "[ -n \"\$$variable\" ] || unset $variable"
    done
    echo "export EM_CONFIG=$out/etc/emscripten.py EMSDK_PYTHON=$python/usr/bin/python3"
    # The parts belong together: there is nothing to look at in each start.
    [ -z "$cache" ] || echo "export EMCC_SKIP_SANITY_CHECK=1"
    # Nothing but LLVM's own version differs from what Debian's Emscripten was made for.
    echo "exec $python/usr/bin/python3 -E -s -S -B $options $program \"\$@\""
  } > "$out/bin/$base"
  chmod 755 "$out/bin/$base"
done
ln -s "$llvm"/usr/lib/llvm-*/bin/llvm-nm "$out/bin/llvm-nm"
for tool in llvm-ar llvm-objdump llvm-readobj llvm-strip llvm-objcopy wasm-ld; do
  ln -sf "$llvm"/usr/lib/llvm-*/bin/$tool "$out/bin/$tool"
done
