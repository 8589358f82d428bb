# shellcheck shell=bash
# closure, testImports, smokeTest, node, runtime, python, runner, tester: see testWheel.nix
set -o pipefail
run() { "$python" -I -B -c "$runner" "$tester" wasmwright.runtime "$@"; }

wheels=()
for package in $closure; do
  for wheel in "$package"/*.whl; do
    case ${wheel##*/} in *_tests-*) ;; *) wheels+=(--wheel "$wheel") ;; esac
  done
done
imports=()
for module in $testImports; do imports+=(--import "$module"); done

common=(--runtime "$runtime" --node "$node" "${wheels[@]}")
mkdir -p "$out"
run imports "${common[@]}" "${imports[@]}" | tee "$out/imports.txt"
if [ -n "$smokeTest" ]; then
  run script "${common[@]}" "$smokeTest" | tee "$out/smoke.txt"
fi
