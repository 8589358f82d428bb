{ roots }:
# How a derivation starts the host Python: Nix passes the base name alone as argv[0], from which Python would not find its
# library. `derivation ({ ... } // hostPython [ script ])`.
arguments: {
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    ''exec ${roots.python}/usr/bin/python3 -I -B "$@"''
    "python"
  ]
  ++ arguments;
}
