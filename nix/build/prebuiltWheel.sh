# shellcheck shell=bash
# wheel, file: see prebuiltWheel.nix
mkdir "$out"
cp "$wheel" "$out/$file"
