# The same programs by the native compiler: what the committed outputs say is what it does.
{
  base,
  roots,
  ...
}@scope:
let
  inherit (roots) native;
  flang = "${native}/usr/lib/llvm-${base.compiler.flang}";
  clang = builtins.concatStringsSep " " [
    "${roots.llvm}/usr/lib/llvm-${base.compiler.llvm}/bin/clang"
    "--target=x86_64-linux-gnu"
    "--sysroot=${native}"
    "--gcc-install-dir=${native}/usr/lib/gcc/x86_64-linux-gnu/${base.compiler.gcc}"
  ];
  # lld takes libraries in any order. Internal procedures as arguments are code on the stack.
  link = "${clang} -static -fuse-ld=lld -Wl,-z,execstack -L${flang}/lib -lFortranRuntime -lFortranDecimal -lm";
in
import ./conformance.nix scope {
  name = "fortran-native";
  compiler = "native";
  fc = "${flang}/bin/flang-new -O0";
  cc = "${clang} -O1";
  inherit link;
  # Without optimisation the runtime is called where it is not at -O2.
  linkPlain = link;
  PATH = "${roots.shell}/usr/bin";
}
