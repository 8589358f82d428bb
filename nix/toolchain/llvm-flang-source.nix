{
  base,
  fetchSource,
  runPart,
  sandboxPython,
  system,
}:
# What the Fortran runtime is compiled from. By itself, for unpacking the tarball takes half as long as compiling.
derivation (
  runPart sandboxPython.assembleFlangSource "wasmwright.assemble.flangsource"
  // {
    inherit system;
    name = "llvm-flang-source";
    archive = fetchSource base.tarballs.llvm-flang;
    members = "flang/runtime flang/include flang/lib/Decimal flang/module";
  }
)
