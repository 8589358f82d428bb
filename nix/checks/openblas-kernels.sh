# shellcheck shell=bash
# source, archive: see openblas-kernels.nix. Panels are 256 long: a few cases have to be larger.
set -o pipefail
emcc -O2 -msimd128 "$source/kernels.c" "$archive" -sALLOW_MEMORY_GROWTH -o kernels.js
node kernels.js | tee "$out"
node kernels.js -n 300 -r 3 -s 2 | tee -a "$out"
