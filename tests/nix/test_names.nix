lib: with lib.names; {
  attribute = {
    "a recipe's package" = {
      expr = attribute "numpy";
      expected = "numpy-wasm";
    };
  };
}
