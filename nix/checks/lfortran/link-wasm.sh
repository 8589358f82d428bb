# shellcheck shell=bash
# "Links" the one object that there may be: OBJECT -o PROGRAM
set -eu
if [ $# -ne 3 ] || [ "$2" != -o ]; then
  echo "the WebAssembly back end of LFortran makes whole programs, which cannot be linked with anything" >&2
  exit 1
fi
cp "$1" "$3"
