# shellcheck shell=sh
# debs: see imageFiles.nix
mkdir unpacked
for deb in $debs; do ar p "$deb" data.tar.xz | tar xJ -C unpacked; done
mkdir "$out"
cat unpacked/usr/share/ca-certificates/mozilla/*.crt > "$out/ca-certificates.crt"
cp -R unpacked/usr/share/common-licenses "$out/common-licenses"
