# shellcheck shell=bash
# built, shared, beside, linked, differing, metaPath, pname, version, profile, platform, runtime, python, finish, path,
# runner: see auditLibrary.nix
run() { "$python" -I -B -c "$runner" "$finish" "$@"; }

mkdir "$out"
read -r -a refused <<< "$differing"
loaded=() installed=()
for package in $beside; do
  installed+=(--beside "$package")
  for wheel in "$package"/*.whl; do loaded+=(--library "$wheel"); done
done
for library in $linked; do loaded+=(--linked "$library"); done
run wasmwright.audit "$built" --runtime "$runtime" --json "$out/audit.json" "${loaded[@]}" --differing "${refused[@]}"
for entry in "$built"/*; do
  ln -s "$entry" "$out/${entry##*/}"
done
main=
if [ -n "$shared" ]; then
  files=()
  for file in $shared; do files+=("$built/lib/$file"); done
  run wasmwright.wheel library --name "$pname" --version "$version" --platform-tag "$platform" --out "$out" "${files[@]}"
  for main in "$out"/*.whl; do :; done
fi
run wasmwright.wheel contract --out "$out" --name "$pname" --version "$version" --kind library --profile "$profile" \
  --main "$main" --tests "" "${installed[@]}" --meta "$metaPath"
