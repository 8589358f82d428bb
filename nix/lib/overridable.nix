rec {
  /**
    What a builder gives, and a way to have it with other arguments: `result.override { cflags = [ "-O3" ]; }`, or a function
    of the present arguments.

    # Type
    `overridable :: (AttrSet -> AttrSet) -> AttrSet -> AttrSet`

    # Example
    `((overridable (a: { sum = a.x + a.y; }) { x = 1; y = 2; }).override (old: { x = old.x + 1; })).sum` is `4`
  */
  overridable =
    build: arguments:
    build arguments
    // {
      override =
        change: overridable build (arguments // (if builtins.isFunction change then change arguments else change));
    };
}
