{ roots, system }:
# How a derivation runs a script of bash: it fails where a command fails. `derivation (bashScript ./x.sh // { ... })`.
script: {
  inherit system;
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    script
  ];
}
