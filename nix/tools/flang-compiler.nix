{ f2py-target, fortran }:
/**
  The Fortran compiler, without its runtime.

  Fortran in a Python package is called by f2py's C code, which passes the lengths of CHARACTER arguments: there
  `-fhidden-lengths` stands with the compiler. A project's own `-fno-hidden-lengths` comes later and wins.
*/
{ kind }:
let
  isPython = kind == "wheel";
  compiler = [ "wasm-flang" ] ++ (if isPython then [ "-fhidden-lengths" ] else [ ]);
  command = builtins.concatStringsSep " " compiler;
  quoted = builtins.concatStringsSep "', '" compiler;
  crossFile =
    if isPython then
      # Meson offers gfortran's names of standards for gfortran only, and no other for flang.
      builtins.toFile "fortran-python.ini" "[binaries]\nfortran = ['${quoted}']\n\n[built-in options]\nfortran_std = 'none'\n"
    else
      "${fortran}/share/wasmwright/fortran.ini";
  # CMake would link and run a program that prints, which needs the Fortran runtime.
  cmake = [
    "-DCMAKE_Fortran_COMPILER=${builtins.concatStringsSep ";" compiler}"
    "-DCMAKE_Fortran_COMPILER_WORKS=ON"
  ];
in
{
  path = [ fortran ];
  files = if isPython then [ crossFile ] else [ ];
  buildEnvironments = if isPython then [ f2py-target ] else [ ];
  env = {
    FC = command;
    F77 = command;
    F90 = command;
    # What scikit-build-core and other back ends hand to CMake.
    CMAKE_ARGS = builtins.concatStringsSep " " cmake;
  };
  settings = {
    cmake.flags = cmake;
    meson.flags = [ "--cross-file=${crossFile}" ];
    mesonpy.setup-args = [ "--cross-file=${crossFile}" ];
  };
}
