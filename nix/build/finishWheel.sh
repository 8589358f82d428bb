# shellcheck shell=bash
# built, libraries, shared, beside, split, metaPath, pname, version, profile, platform, runtime, python, finish, path,
# runner: see finishWheel.nix
run() { "$python" -I -B -c "$runner" "$finish" "$@"; }

set -f
splits=()
for glob in $split; do splits+=(--split "$glob"); done
audited=()
for library in $libraries; do audited+=(--library "$library"); done
set +f
# The files of what is installed together are compared.
installed=()
for package in $beside; do
  installed+=(--beside "$package")
  for wheel in "$package"/*.whl; do audited+=(--beside "$wheel"); done
done
loaded=()
for library in $shared; do
  for wheel in "$library"/*.whl; do loaded+=(--shared "$wheel") audited+=(--library "$wheel"); done
done

wheels=("$built"/*.whl)
if [ "${#wheels[@]}" != 1 ] || [ ! -e "${wheels[0]}" ]; then
  echo "wasmwright: the build of $pname has to leave one wheel, and left: ${wheels[*]##*/}" >&2
  exit 1
fi
# A wheel that was not built here has no date of its source.
dated=()
[ ! -e "$built/epoch" ] || dated=(--epoch "$(cat "$built/epoch")")

mkdir -p "$out"
run wasmwright.wheel repack "${wheels[0]}" --name "$pname" --version "$version" --platform-tag "$platform" "${dated[@]}" --out "$out" "${splits[@]}" "${loaded[@]}"
main=("$out"/*.whl)
tests=()
for wheel in "$out"/tests/*.whl; do [ ! -e "$wheel" ] || tests+=("$wheel"); done
# The tests' wheel is unpacked over the main one: they are one closure.
run wasmwright.audit "${main[@]}" "${tests[@]}" --runtime "$runtime" --platform-tag "$platform" --json "$out/audit.json" "${audited[@]}"
run wasmwright.wheel contract --out "$out" --name "$pname" --version "$version" --kind wheel --profile "$profile" \
  --main "${main[0]}" --tests "${tests[0]:-}" "${installed[@]}" --meta "$metaPath"
