from __future__ import annotations

import pytest

from wasmwright import limits
from wasmwright.limits import Limit, LimitExceeded


def test_what_is_at_the_limit_passes():
    Limit(name="things", most=3).check(3, "x")


def test_the_error_names_the_limit_and_the_file():
    limit = Limit(name="size of a thing", most=limits.MIB, of_bytes=True)
    with pytest.raises(LimitExceeded) as caught:
        limit.check(3 * limits.GIB // 2, "a.whl")
    assert str(caught.value) == "a.whl: size of a thing: 1.5 GiB, and no more than 1 MiB are read"
    assert caught.value.limit is limit


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (1 << 32, "4 GiB")]
)
def test_sizes_are_told_in_units(size: int, text: str):
    assert limits.in_units(size) == text
