# shellcheck shell=sh
# flang, version: see roots.nix
mkdir -p "usr/lib/llvm-$version/bin"
cp "$flang/usr/lib/llvm-$version/bin/flang-new" "usr/lib/llvm-$version/bin/flang-new"
