# shellcheck shell=bash
# unaudited, libraries, shared, split, platform, runtime, python, finish, runner: see finishWheel.nix
run() { "$python" -I -B -c "$runner" "$finish" "$@"; }

set -f
splits=()
for glob in $split; do splits+=(--split "$glob"); done
audited=()
for library in $libraries; do audited+=(--library "$library"); done
set +f
loaded=()
for library in $shared; do
  for wheel in "$library"/*.whl; do loaded+=(--shared "$wheel") audited+=(--library "$wheel"); done
done

mkdir -p "$out"
run wasmwright.wheel repack "$unaudited"/*.whl --platform-tag "$platform" --epoch "$(cat "$unaudited/epoch")" \
  --out "$out" "${splits[@]}" "${loaded[@]}"
for wheel in "$out"/*.whl; do
  # Tests alone import modules of the main wheel: they are audited with it.
  case ${wheel##*/} in *_tests-*) continue ;; esac
  run wasmwright.audit "$wheel" --runtime "$runtime" --platform-tag "$platform" --json "$out/audit.json" "${audited[@]}"
done
