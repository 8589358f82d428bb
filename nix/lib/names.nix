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
    Whether a file is a wheel, by its name.

    # Type
    `isWheel :: String -> Bool`

    # Example
    `isWheel "x-1-py3-none-any.whl"` is `true`
  */
  isWheel = name: builtins.match ".*[.]whl" name != null;
}
