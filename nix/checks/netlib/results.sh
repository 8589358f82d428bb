# shellcheck shell=bash
# objects, settings, kind, lapack, blas: see results.nix and common.nix
cp -r --preserve=timestamps "$objects/source" source
chmod -R u+w source
cd source/TESTING
cp "$settings" ../make.inc
# The programs bring versions of a few routines, such as clarfy, which the library has in one object with others.
echo 'LDFLAGS += -Wl,--allow-multiple-definition' >> ../make.inc
links=(LAPACKLIB="$lapack" BLASLIB="$blas" FFLAGS=)
make -C LIN "$kind" "proto-$kind" "${links[@]}"
make -C EIG "$kind" "${links[@]}"
# The outputs tell all: a program that stops early has not said that its tests ended.
make -k "$kind" "${kind}proto" "${links[@]}" || true
mkdir -p "$out"
cp ./*.out "$out"
