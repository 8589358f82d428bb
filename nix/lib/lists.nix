{
  /**
    Each element once, where it stands first.

    # Type
    `unique :: [a] -> [a]`
  */
  unique = builtins.foldl' (seen: x: if builtins.elem x seen then seen else seen ++ [ x ]) [ ];
}
