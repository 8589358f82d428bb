{ system, busybox }:
/**
  A derivation built by busybox alone: for what comes before there are other tools.

  # Inputs
  `name`; `script`: a shell file, run with `-eu` and all of busybox's applets; `env`: its variables.

  # Type
  `runBusybox :: { name, script, env? } -> Derivation`
*/
{
  name,
  script,
  env ? { },
}:
derivation (
  env
  // {
    inherit name system;
    builder = "${busybox}/bin/busybox";
    args = [
      "sh"
      "-euc"
      "${busybox}/bin/busybox mkdir -p $TMPDIR/applets; ${busybox}/bin/busybox --install -s $TMPDIR/applets; PATH=$TMPDIR/applets; . ${script}"
    ];
  }
)
