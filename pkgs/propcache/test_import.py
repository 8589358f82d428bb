"""The compiled property is the one that is used, and computes once."""

from propcache import _helpers_c
from propcache.api import cached_property, under_cached_property

assert cached_property is _helpers_c.cached_property
assert under_cached_property is _helpers_c.under_cached_property


class Counted:
    """Counts how often its value is computed."""

    times = 0

    @cached_property
    def value(self) -> int:
        """Computed when it is asked for first."""
        self.times += 1
        return 42


counted = Counted()
assert (counted.value, counted.value, counted.times) == (42, 42, 1)
del counted.value
assert (counted.value, counted.times) == (42, 2)
print("propcache: computed once, and again when it is deleted")
