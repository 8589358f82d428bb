from __future__ import annotations

import random
import re

import pytest
from fuzz import Cases, mutated_bytes, mutated_json, mutated_text, mutated_toml, try_cases

from wasmwright.failure import WasmwrightError


def number(rng: random.Random) -> int:
    return rng.randrange(10)


def test_a_fault_is_told_with_a_case_that_can_be_made_again():
    def target(value: int) -> None:
        if value == 7:
            message = "seven"
            raise KeyError(message)
        if value == 3:
            message = "refused"
            raise WasmwrightError(message)

    with pytest.raises(AssertionError, match="KeyError in target") as caught:
        try_cases(target, number, Cases(seed="s", count=50))
    named = re.search(r"random\.Random\('(s-\d+)'\): 7", str(caught.value))
    assert named is not None
    assert number(random.Random(named[1])) == 7


def test_what_does_not_end_is_a_fault():
    def target(_: int) -> None:
        while True:
            pass

    with pytest.raises(AssertionError, match="Hang in target"):
        try_cases(target, number, Cases(seed="s", count=1, seconds=0.01))


def test_what_takes_all_memory_is_a_fault():
    with pytest.raises(AssertionError, match="MemoryError"):
        try_cases(lambda _: bytes(1 << 33), number, Cases(seed="s", count=1))


def test_a_seed_makes_the_same_cases_and_another_makes_others():
    def all_cases(seed: str) -> list[object]:
        rng = random.Random(seed)
        return [
            [mutated_bytes(rng, [b"\0asm1234"]) for _ in range(20)],
            [mutated_text(rng, ["one two", "three"]) for _ in range(20)],
            [mutated_json(rng, [{"a": [1, {"b": "c"}]}]) for _ in range(20)],
            [mutated_toml(rng, ['[a]\nb = "c"\nd = 1\n']) for _ in range(20)],
        ]

    assert all_cases("one") == all_cases("one")
    assert all_cases("one") != all_cases("two")
