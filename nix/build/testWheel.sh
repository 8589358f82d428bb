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
run imports "${common[@]}" "${imports[@]}" | tee "$out/imports.txt"
if [ -n "$smokeTest" ]; then
  run script "${common[@]}" "$smokeTest" | tee "$out/smoke.txt"
fi
