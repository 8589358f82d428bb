lib:
let
  sum = lib.overridable.overridable (
    { x, y }:
    {
      sum = x + y;
    }
  );
  three = sum {
    x = 1;
    y = 2;
  };
in
{
  overridable = {
    "gives what the builder gives" = {
      expr = three.sum;
      expected = 3;
    };
    "takes a function of the arguments, again and again" = {
      expr = ((three.override (old: { x = old.x + 1; })).override { y = 5; }).sum;
      expected = 7;
    };
  };
}
