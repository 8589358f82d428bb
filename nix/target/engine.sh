# shellcheck shell=bash
# node, shell: see engine.nix
mkdir -p "$out/bin"
printf '#!%s\nexec %s --no-enable-sse4-1 "$@"\n' "$shell" "$node/bin/node" >"$out/bin/node"
chmod 755 "$out/bin/node"
"$out/bin/node" --version
