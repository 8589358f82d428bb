# shellcheck shell=bash source-path=SCRIPTDIR
# A Fortran compiler whose objects are whole programs: this back end makes no others.
set -eu
. "${BASH_SOURCE[0]%/*}/options.sh"
"${LFORTRAN[@]}" --backend=wasm "$source" -o "$object"
