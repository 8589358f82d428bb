# shellcheck shell=bash
# part, waitress, python, bash: see site-server.nix
mkdir -p "$out/bin" "$out/lib"
cp -R "$part/." "$out/lib"
chmod -R u+w "$out/lib"
unzip -q "$waitress" -d "$out/lib"
"$python" -I -B -m compileall -q -q -s "$out" -p / --invalidation-mode unchecked-hash "$out/lib"
program() {
  cat > "$out/bin/$1" <<END
#!$bash
exec $python -I -B -c 'import sys; sys.path.insert(0, "$out/lib"); from wasmwright.serving.$2 import main; sys.exit(main(sys.argv[1:]))' "\$@"
END
  chmod +x "$out/bin/$1"
}
program serve __main__
program is-well health
