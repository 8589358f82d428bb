# shellcheck shell=bash
# flang, lfortran, source, adapters, programs, conformance, comparison, runner, python: see fortran-compilers.nix
mkdir -p "$out" source include/libasr
tar -xf "$source" -C source --strip-components=1
# What CMake would write; nothing of it concerns the runtime without stack traces.
touch include/libasr/config.h
emcc -O2 -w -DHAVE_BUILD_TO_WASM -Iinclude -Isource/src -c source/src/libasr/runtime/lfortran_intrinsics.c -o runtime.o
export lfortran LFORTRAN_INCLUDE=$PWD/source/src/libasr/runtime
run() {
  local name=$1
  shift
  # Programs fail: the table says which.
  "$python" -I -B -c "$runner" "$conformance" wasmwright.conformance wasm "$programs" --known none \
    --json "$out/$name.json" "$@" > "$out/$name.txt" || true
}
run lfortran-c --fortran "bash $adapters/c.sh" --link "emcc -O1 -sALLOW_MEMORY_GROWTH $PWD/runtime.o" \
  --link-plain "emcc -O1 -sALLOW_MEMORY_GROWTH $PWD/runtime.o"
run lfortran-wasm --fortran "bash $adapters/wasm.sh" --link "bash $adapters/link-wasm.sh" \
  --link-plain "bash $adapters/link-wasm.sh" --launch "node --no-warnings $adapters/wasi.mjs"
"$python" -I -B -c "$runner" "$comparison" wasmwright.comparison \
  "wasm-flang=$flang/outcomes.json" "LFortran, C=$out/lfortran-c.json" "LFortran, WebAssembly=$out/lfortran-wasm.json" |
  tee "$out/table.md"
