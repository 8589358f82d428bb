{ mkDevShell }:
# By itself: the Fortran compiler and its runtime are large to fetch.
mkDevShell {
  name = "wasmwright-fortran-shell";
  tools = [ "flang" ];
}
