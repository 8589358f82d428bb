{ mkDevShell }:
mkDevShell {
  name = "wasmwright-shell";
  tools = [ ];
}
