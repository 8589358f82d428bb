# shellcheck shell=bash
# source, patch, python: see numpy-mathematics.nix.
set -o pipefail
folder=numpy/_core/src/umath
"$python" "$source/added.py" "$patch" . "$folder/wasm_math.h" "$folder/wasm_math_tables.h"
emcc -O2 -msimd128 -I. "$source/loops.c" -o loops.js
for name in exp exp2 expm1 log log2 log1p sin cos tan tanh sinh cosh arctan power; do
    node loops.js float "$name" 4099 | tee -a "$out"
done
