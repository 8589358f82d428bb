lib: with lib.attrs; {
  genAttrs = {
    "a value for each name" = {
      expr = genAttrs [ "a" "b" ] (n: n + "!");
      expected = {
        a = "a!";
        b = "b!";
      };
    };
  };
  filterAttrs = {
    "keeps what the predicate accepts" = {
      expr = filterAttrs (name: value: name != "a" && value < 3) {
        a = 1;
        b = 2;
        c = 3;
      };
      expected.b = 2;
    };
  };
  mapNames = {
    "changes names, not values" = {
      expr = mapNames (n: "x-${n}") { a = 1; };
      expected.x-a = 1;
    };
  };
  foldersWith = {
    "only folders that hold the file" = {
      expr = builtins.attrNames (foldersWith "recipe.toml" ./fixtures/folders);
      expected = [ "with" ];
    };
  };
  nixFiles = {
    "by attribute name, without default.nix" = {
      expr = builtins.attrNames (nixFiles ./fixtures/scope);
      expected = [
        "greeting"
        "name"
      ];
    };
  };
}
