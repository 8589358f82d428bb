# shellcheck shell=sh
# Byte code beside every module: the store is read-only, so it would be compiled anew at every start.
# By hash and unchecked: no time stamp is kept, none is looked at.
PYTHONHASHSEED=0 "usr/bin/python$version" -I -m compileall -q -j 1 --invalidation-mode unchecked-hash \
  -s "$out" -p / "$out/usr/lib/python$version"
