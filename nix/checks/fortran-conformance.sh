# shellcheck shell=bash
# conformance, runner, python, compiler, programs, fc, cc, link, linkPlain: see fortran-conformance.nix, fortran-native.nix
set -o pipefail
mkdir -p "$out"
"$python" -I -B -c "$runner" "$conformance" wasmwright.conformance "$compiler" "$programs" \
  --fortran "$fc" --c "$cc" --link "$link" --link-plain "$linkPlain" --json "$out/outcomes.json" | tee "$out/table.txt"
