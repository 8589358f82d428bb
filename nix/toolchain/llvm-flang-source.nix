{
  profile,
  fetchSource,
  hostPython,
  system,
}:
# What the Fortran runtime is compiled from. By itself, for unpacking the tarball takes half as long as compiling.
derivation (
  hostPython [ ./llvm-flang-source.py ]
  // {
    inherit system;
    name = "llvm-flang-source";
    archive = fetchSource profile.tarballs.llvm-flang;
    members = "flang/runtime flang/include flang/lib/Decimal flang/module";
  }
)
