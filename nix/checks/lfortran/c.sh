# shellcheck shell=bash source-path=SCRIPTDIR
# A Fortran compiler that goes by way of C.
set -eu
. "${BASH_SOURCE[0]%/*}/options.sh"
if ! "${LFORTRAN[@]}" --backend=c --show-c "$source" > "$object.c"; then
  cat "$object.c" >&2
  exit 1
fi
# For its module files, which it writes when it compiles only.
"${LFORTRAN[@]}" -c "$source" -o unused.o > module.log 2>&1 || true
emcc -O1 -w -Wno-error=implicit-function-declaration -Wno-error=incompatible-pointer-types -Wno-error=int-conversion \
  -I"$LFORTRAN_INCLUDE" -c "$object.c" -o "$object"
