# shellcheck shell=bash
# library, modules: see fortran-runtime.nix
mkdir "$out"
cp -r "$library/lib" "$library/include" "$out"
chmod -R u+w "$out"
# The one module of flang whose constants programs refer to as data: the arrays of kinds.
cd "$TMPDIR"
cp "$modules/iso_fortran_env_impl.f90" .
wasm-flang -O2 -c iso_fortran_env_impl.f90
llvm-ar rsD "$out/lib/libFortranRuntime.a" iso_fortran_env_impl.o
