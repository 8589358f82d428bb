{
  /**
    The attribute of the flake's packages for a recipe.

    # Type
    `attribute :: String -> String`

    # Example
    `attribute "numpy"` is `"numpy-wasm"`
  */
  attribute = name: "${name}-wasm";

  /**
    The distribution name as wheel file names write it (PyPA binary distribution format).

    # Type
    `distribution :: String -> String`
  */
  distribution = builtins.replaceStrings [ "-" "." ] [ "_" "_" ];
}
