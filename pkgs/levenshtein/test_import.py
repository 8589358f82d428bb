"""Distances, edits and medians as native."""

import Levenshtein
from Levenshtein import levenshtein_cpp

assert levenshtein_cpp.__file__.endswith(".so")
assert Levenshtein.distance("kitten", "sitting") == 3
assert Levenshtein.distance("lewenstein", "levenshtein", weights=(1, 1, 2)) == 3
assert Levenshtein.hamming("abcd", "abdc") == 2
assert round(Levenshtein.ratio("Straße", "strasse"), 12) == 0.615384615385
assert round(Levenshtein.jaro_winkler("MARTHA", "MARHTA"), 12) == 0.961111111111
edits = Levenshtein.editops("spam", "park")
assert edits == [("delete", 0, 0), ("insert", 3, 2), ("replace", 3, 3)], edits
assert Levenshtein.apply_edit(edits, "spam", "park") == "park"
assert Levenshtein.opcodes("spam", "park")[1] == ("equal", 1, 3, 0, 2)
assert Levenshtein.matching_blocks(edits, "spam", "park") == [(1, 0, 2), (4, 4, 0)]
assert Levenshtein.inverse(edits)[0] == ("insert", 0, 0)
words = ["SpSm", "mpamm", "Spam", "Spa", "Sua", "hSam", "日本"]
assert Levenshtein.median(words) == "Spam", Levenshtein.median(words)
assert Levenshtein.quickmedian(words) == "Spam", Levenshtein.quickmedian(words)
assert Levenshtein.setmedian(words) == "Spam", Levenshtein.setmedian(words)
assert Levenshtein.median_improve("spam", ["Spam", "Spa"]) == "Spam", Levenshtein.median_improve(
    "spam", ["Spam", "Spa"]
)
assert round(Levenshtein.seqratio(["a", "bc"], ["a", "bd", "e"]), 12) == 0.4
assert round(Levenshtein.setratio(["a", "bc"], ["bd", "a", "e"]), 12) == 0.6
try:
    Levenshtein.distance("a", 1)
except TypeError:
    pass
else:
    raise AssertionError
print("levenshtein: as native")
