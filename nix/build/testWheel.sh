# shellcheck shell=bash
# wheels, testImports, smokeTest, node, runtime, python, runner, tester: see testWheel.nix
set -o pipefail
run() { "$python" -I -B -c "$runner" "$tester" wasmwright.runtime "$@"; }

common=(--runtime "$runtime" --node "$node")
for folder in $wheels; do
  for wheel in "$folder"/*.whl; do common+=(--wheel "$wheel"); done
done
imports=()
for module in $testImports; do imports+=(--import "$module"); done

mkdir -p "$out"
# The script has a Python of its own, without what the imports left behind, but not a second start.
kept=()
if [ -n "$smokeTest" ]; then kept=(--keep-memory "$TMPDIR/memory"); fi
run imports "${common[@]}" "${kept[@]}" "${imports[@]}" | tee "$out/imports.txt"
if [ -n "$smokeTest" ]; then
  run script "${common[@]}" --memory "$TMPDIR/memory" "$smokeTest" | tee "$out/smoke.txt"
fi
