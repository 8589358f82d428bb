# shellcheck shell=bash disable=SC2034
# Reads `-c SOURCE -o OBJECT`. LFORTRAN is the command with the options of which no program is the worse.
# lfortran: see fortran-compilers.nix
while [ $# -gt 0 ]; do
  case $1 in
    -o) object=$2 && shift ;;
    *.f | *.f90) source=$1 ;;
  esac
  shift
done
LFORTRAN=(timeout 20 "$lfortran/usr/bin/lfortran" --no-color -I "$lfortran/usr/lib/x86_64-linux-gnu/fortran/lfortran-mod-0" -I .
  --implicit-interface --implicit-argument-casting --legacy-array-sections --realloc-lhs --print-leading-space
  --use-loop-variable-after-loop)
case $source in *.f) LFORTRAN+=(--fixed-form) ;; esac
