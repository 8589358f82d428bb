# shellcheck shell=bash
# cflags: the ABI's flags; emccFlags, programLdflags: the compiler's; python; together: compiles many files in one process
export HOME=$TMPDIR EM_CACHE=$out EMCC_CORES=${NIX_BUILD_CORES:-0}
[ "$EMCC_CORES" -gt 0 ] || EMCC_CORES=$(nproc)
export LC_ALL=C
mkdir -p "$out"
cd "$TMPDIR"
# Emscripten compiles its libraries with debugging information, which nothing here shows.
printf '#!%s\nexec %s -ISB %s "$@" -g0\n' "$BASH" "$python/usr/bin/python3" "$together" > compile
chmod 755 compile
export EM_COMPILER_WRAPPER=$PWD/compile
cat > a.c <<'C'
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <math.h>
static jmp_buf place;
int main(int argc, char **argv) { if (!setjmp(place) && argc > 9) longjmp(place, 1); printf("%p %g\n", malloc(argc), sin(argc)); return 0; }
C
cat > b.cc <<'C'
#include <iostream>
#include <stdexcept>
#include <vector>
int main(int argc, char **argv) {
  try { std::vector<int> v(argc); v.at(argc); } catch (const std::exception &e) { std::cout << e.what() << std::endl; }
  return 0;
}
C
# The wrapper links programs without assertions: half the libraries exist only for them. Those of -O2 are among those of -O0.
# shellcheck disable=SC2086
emcc $cflags $programLdflags -sASSERTIONS=0 $emccFlags -O0 a.c -o a.js
# shellcheck disable=SC2086
em++ $cflags $programLdflags -sASSERTIONS=0 $emccFlags -O0 b.cc -o b.js
# Programs without JavaScript have libraries of their own; CMake asks for the sizes of types with them.
# shellcheck disable=SC2086
em++ $cflags $programLdflags -sASSERTIONS=0 $emccFlags -O0 b.cc -o b.wasm
# shellcheck disable=SC2086
emcc $cflags $programLdflags -sASSERTIONS=0 $emccFlags -O0 a.c -o a.wasm
# The runtime has no threads, so there is no OpenMP to declare.
rm "$out"/sysroot/include/omp*.h
rm -rf "$out/build" "$out/sanity.txt" "$out/cache.lock" "$out/symbol_lists" "$out/ports" "$out"/*.lock
