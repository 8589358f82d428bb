{ roots }:
# How a derivation starts the Python that runs our own programs: Nix passes the base name alone as argv[0], from which Python would
# not find its library. `derivation ({ ... } // toolPython [ script ])`.
arguments: {
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    ''exec ${roots.python}/usr/bin/python3 -I -B "$@"''
    "python"
  ]
  ++ arguments;
}
