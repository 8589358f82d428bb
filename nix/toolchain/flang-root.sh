# shellcheck shell=sh
# python, runner, modules: see wasmwright.fortran.modules
folder=usr/lib/llvm-$version/include/flang
mv "$folder" "$NIX_BUILD_TOP/shipped"
"$python/usr/bin/python3" -I -B -c "$runner" "$modules" wasmwright.fortran.modules "$NIX_BUILD_TOP/shipped" "$folder"
