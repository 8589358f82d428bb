lib: {
  unique = {
    "keeps the first of each" = {
      expr = lib.lists.unique [
        2
        1
        2
      ];
      expected = [
        2
        1
      ];
    };
  };
}
