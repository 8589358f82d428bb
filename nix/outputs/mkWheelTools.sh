# shellcheck shell=bash
# settingsPath, part, wheels, targetWheels, targetFolders, commands, programs, python, buildPython, bash: see mkWheelTools.nix
share=$out/share/wasmwright
mkdir -p "$out/bin" "$out/lib" "$share/wheels"

cp -R "$part/." "$out/lib"
chmod -R u+w "$out/lib"
for wheel in $wheels; do unzip -q "$wheel" -d "$out/lib"; done
"$python" -I -B -m compileall -q -q -s "$out" -p / --invalidation-mode unchecked-hash "$out/lib"

cp "$settingsPath" "$share/settings.json"
for wheel in $targetWheels; do ln -s "${wheel#*=}" "$share/wheels/${wheel%%=*}"; done
for folder in $targetFolders; do
  for wheel in "$folder"/*.whl; do [ ! -e "$wheel" ] || ln -s "$wheel" "$share/wheels/${wheel##*/}"; done
done

versions=()
for program in $programs; do
  [[ $("${program#*=}" --version) =~ [0-9]+(\.[0-9]+)+ ]]
  versions+=("${program%%=*}" "${BASH_REMATCH[0]}")
done
# What depends on the machine that runs it is nobody's to ask for.
PYTHONPATH=$out/lib "$buildPython" -B -c '
import json, sys
from packaging.markers import default_environment
markers = {**default_environment(), "platform_release": "", "platform_version": ""}
print(json.dumps({"markers": markers, "programs": dict(zip(sys.argv[1::2], sys.argv[2::2]))}))
' "${versions[@]}" > "$share/found.json"

# In an image they are called among the variables of a cross build, of which these would lead Python itself astray.
for program in $commands; do
  cat > "$out/bin/$program" <<END
#!$bash
unset _PYTHON_SYSCONFIGDATA_NAME _PYTHON_HOST_PLATFORM
exec $python -I -B -c 'import sys; sys.path.insert(0, "$out/lib"); from wasmwright.wheeltools.${program/-/} import main; sys.exit(main(sys.argv[1:]))' $share/settings.json "\$@"
END
  chmod +x "$out/bin/$program"
done
