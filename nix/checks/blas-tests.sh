# shellcheck shell=bash
# source, infiniteNorms, settings, lapack, blas, python, runner, netlib: see blas-tests.nix and netlib/common.nix
set -o pipefail
mkdir source
tar -xf "$source" -C source --strip-components=1
patch -d source -p1 < "$infiniteNorms"
cp "$settings" source/make.inc
cd source/BLAS/TESTING
links=(LAPACKLIB="$lapack" BLASLIB="$blas $lapack")
make -j2 all "${links[@]}" FFLAGS=-O1
make -k run "${links[@]}" || true
mkdir -p "$out"
"$python" -I -B -c "$runner" "$netlib" wasmwright.netlib --json "$out/results.json" ./*.out | tee "$out/table.txt"
