"""Distances in C++ give what those in Python give, beyond the 64 letters that fit a machine word too."""

from rapidfuzz import fuzz, fuzz_cpp, fuzz_py, process, utils
from rapidfuzz.distance import metrics_cpp, metrics_py

assert fuzz.ratio is not fuzz_py.ratio
pairs = [("kitten", "sitting"), ("", "abc"), ("Straße", "strasse"), ("ab" * 60, "ba" * 55 + "c"), ("日本語", "日本")]
for name in (
    "levenshtein_distance",
    "indel_distance",
    "osa_distance",
    "damerau_levenshtein_distance",
    "hamming_distance",
    "jaro_similarity",
    "jaro_winkler_similarity",
    "lcs_seq_similarity",
    "prefix_similarity",
):
    for left, right in pairs:
        if name == "hamming_distance" and len(left) != len(right):
            continue
        ours, plain = getattr(metrics_cpp, name)(left, right), getattr(metrics_py, name)(left, right)
        assert abs(ours - plain) < 1e-12, (name, left, right, ours, plain)
for name in ("ratio", "partial_ratio", "token_sort_ratio", "token_set_ratio", "WRatio", "QRatio"):
    for left, right in pairs[1:]:
        ours, plain = getattr(fuzz_cpp, name)(left, right), getattr(fuzz_py, name)(left, right)
        assert abs(ours - plain) < 1e-9, (name, left, right, ours, plain)
assert metrics_cpp.levenshtein_distance("kitten", "sitting") == 3
choices = ["New York Jets", "New York Giants", "Dallas Cowboys", "Atlanta Falcons"]
best = process.extractOne("cowboys", choices, processor=utils.default_process)
assert (best[0], best[2]) == ("Dallas Cowboys", 2)
assert round(best[1], 6) == 90.0, best
print("rapidfuzz: C++ and Python agree")
