# shellcheck shell=bash
# results, known, python, runner, netlib: see lapack-tests.nix, blas-tests.nix
set -o pipefail
outputs=()
for folder in $results; do outputs+=("$folder"/*.out); done
mkdir -p "$out"
"$python" -I -B -c "$runner" "$netlib" wasmwright.netlib --known "$known" --json "$out/results.json" "${outputs[@]}" |
  tee "$out/table.txt"
