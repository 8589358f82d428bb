lib: with lib.names; {
  attribute = {
    "a recipe's package" = {
      expr = attribute "numpy";
      expected = "numpy-wasm";
    };
  };
  distribution = {
    "as wheel file names write it" = {
      expr = distribution "scikit-learn.x";
      expected = "scikit_learn_x";
    };
  };
}
