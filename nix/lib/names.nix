{
  /**
    The attribute of the flake's packages for a recipe.

    # Type
    `attribute :: String -> String`

    # Example
    `attribute "numpy"` is `"numpy-wasm"`
  */
  attribute = name: "${name}-wasm";
}
