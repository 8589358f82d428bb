# shellcheck shell=bash
# source, settings, kind: see objects.nix and common.nix
mkdir source
tar -xf "$source" -C source --strip-components=1
cd source/TESTING
cp "$settings" ../make.inc
# The makefiles link what they have compiled; that is done later.
cat > compile <<'S'
case " $* " in *" -c "*) exec wasm-flang "$@" ;; esac
S
make -C MATGEN -j2 "$kind"
make -C EIG "$kind" FC="bash $PWD/compile" &
make -C LIN "$kind" "proto-$kind" FC="bash $PWD/compile"
wait $!
mkdir -p "$out"
cp -r "$PWD/.." "$out/source"
