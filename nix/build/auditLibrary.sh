# shellcheck shell=bash
# built, shared, beside, linked, differing, metaPath, pname, version, profile, platform, runtime, python, finish, path,
# runner: see auditLibrary.nix
run() { "$python" -I -B -c "$runner" "$finish" "$@"; }

mkdir "$out"
read -r -a refused <<< "$differing"
loaded=() needed=() installed=()
for package in $beside; do
  installed+=(--beside "$package")
  for wheel in "$package"/*.whl; do loaded+=(--library "$wheel") needed+=(--shared "$wheel"); done
done
for library in $linked; do loaded+=(--linked "$library"); done
for entry in "$built"/*; do
  ln -s "$entry" "$out/${entry##*/}"
done
main=
if [ -n "$shared" ]; then
  files=()
  for file in $shared; do files+=("$built/lib/$file"); done
  run wasmwright.wheel library --name "$pname" --version "$version" --platform-tag "$platform" --out "$out" "${needed[@]}" "${files[@]}"
  for main in "$out"/*.whl; do :; done
fi
run wasmwright.audit "$built" ${main:+"$main"} --runtime "$runtime" --platform-tag "$platform" --json "$out/audit.json" \
  "${loaded[@]}" --differing "${refused[@]}"
run wasmwright.wheel contract --out "$out" --name "$pname" --version "$version" --kind library --profile "$profile" \
  --main "$main" --tests "" "${installed[@]}" --meta "$metaPath"
