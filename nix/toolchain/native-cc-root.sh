# shellcheck shell=sh
# llvm, llvmVersion, gcc, shell: see roots.nix
libraries=$out/usr/lib/x86_64-linux-gnu
mkdir -p usr/bin
# In a file, as options that a command has no use for are not warned of there.
cat > usr/bin/native.cfg <<CONFIG
--target=x86_64-linux-gnu
--sysroot=$out
--gcc-install-dir=$out/usr/lib/gcc/x86_64-linux-gnu/$gcc
-fuse-ld=lld
--dyld-prefix=$out
-Wl,-rpath,$libraries
CONFIG
compiler() {
  printf '#!%s\nunset CPATH\nexec %s --config=%s "$@"\n' "$shell/usr/bin/sh" "$llvm/usr/lib/llvm-$llvmVersion/bin/$2" \
    "$out/usr/bin/native.cfg" > "usr/bin/$1"
  chmod 755 "usr/bin/$1"
}
# Not as `gcc`: a makefile that insists on that is to be told which compiler it should use.
compiler cc clang
compiler c++ clang++
for tool in ar nm ranlib strip; do
  ln -s "$llvm/usr/lib/llvm-$llvmVersion/bin/llvm-$tool" "usr/bin/native-$tool"
done
