lib: with lib.names; {
  attribute = {
    "a recipe's package" = {
      expr = attribute "numpy";
      expected = "numpy-wasm";
    };
  };
  isWheel = {
    "by the end of its name" = {
      expr = map isWheel [
        "x-1-py3-none-any.whl"
        "x.whl.tar.gz"
      ];
      expected = [
        true
        false
      ];
    };
  };
}
