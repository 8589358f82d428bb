{
  roots,
  system,
}:
# A library without a function, in the place of Z3, which LLVM is linked with: only the static analyser's check of its own
# findings calls it, and it is a ninth of the compilers. The loader looks a function up when it is first called.
derivation {
  inherit system;
  name = "libz3.so.4";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-euc"
    '': > nothing; "$llvm"/usr/lib/llvm-*/bin/ld.lld -m elf_x86_64 -shared -soname "$name" --format=binary nothing -o "$out"''
  ];
  llvm = roots.llvm;
}
