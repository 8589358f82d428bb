lib:
let
  files = lib.attrs.nixFiles ./fixtures/scope;
in
{
  makeScope = {
    "files find each other and the base by argument name" = {
      expr = (lib.scope.makeScope { mark = "!"; } files).greeting;
      expected = "hello you!";
    };
    "a missing argument is an error, not a crash" = {
      expr = (builtins.tryEval (lib.scope.makeScope { } files).greeting).success;
      expected = false;
    };
  };
}
