# numpy with those patches alone that its results need, and no vectors: what `wasmwright bench loops` compares ours with.
# A patch that makes loops faster needs no line here; one that results need does.
{ packages, ... }:
let
  needed = [
    "0001-errors-without-floating-point-exceptions.patch"
    "0002-usual-sizes-first.patch"
  ];
  isNeeded = patch: builtins.elem (baseNameOf patch) needed;
in
packages.numpy.override (old: {
  patches =
    let
      kept = builtins.filter isNeeded old.patches;
    in
    if builtins.length kept == builtins.length needed then
      kept
    else
      throw "nix/bench/numpy-plain.nix names patches that pkgs/numpy/recipe.toml has not: compare both lists";
})
