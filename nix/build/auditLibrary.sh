# shellcheck shell=bash
# library, runtime, python, finish, runner: see auditLibrary.nix
mkdir "$out"
"$python" -I -B -c "$runner" "$finish" wasmwright.audit "$library" --runtime "$runtime" --json "$out/audit.json"
for entry in "$library"/*; do
  ln -s "$entry" "$out/${entry##*/}"
done
