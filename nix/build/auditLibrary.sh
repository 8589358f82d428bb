# shellcheck shell=bash
# library, shared, pname, version, platform, runtime, python, finish, runner: see auditLibrary.nix
run() { "$python" -I -B -c "$runner" "$finish" "$@"; }

mkdir "$out"
run wasmwright.audit "$library" --runtime "$runtime" --json "$out/audit.json"
for entry in "$library"/*; do
  ln -s "$entry" "$out/${entry##*/}"
done
if [ -n "$shared" ]; then
  files=()
  for file in $shared; do files+=("$library/lib/$file"); done
  run wasmwright.wheel library --name "$pname" --version "$version" --platform-tag "$platform" --out "$out" "${files[@]}"
fi
