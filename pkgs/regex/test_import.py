"""What `re` cannot: classes of Unicode, errors that are allowed, recursion, sets, repeated groups, overlaps."""

import regex

assert regex.findall(r"\p{Lu}\w+", "Die Übung von Ökonomen") == ["Die", "Übung", "Ökonomen"]
assert regex.fullmatch(r"(?:foo){e<=1}", "fo").fuzzy_counts == (0, 0, 1)
assert regex.fullmatch(r"(?:foo){e<=1}", "xyz") is None
assert regex.search(r"(?b)(?:kitten){e<=3}", "the sitting cat").group() == "sittin"
assert regex.match(r"(?P<n>\((?:[^()]|(?&n))*\))", "(a(b)c)d").group() == "(a(b)c)"
assert regex.findall(r"(?V1)[[a-z]--[aeiou]]+", "education") == ["d", "c", "t", "n"]
assert regex.match(r"(?:(\w)-?)+", "a-b-c").captures(1) == ["a", "b", "c"]
assert regex.findall(r"\w{2}", "abcd", overlapped=True) == ["ab", "bc", "cd"]
assert regex.findall(r"(?<=a+)b", "aab b") == ["b"]
assert regex.findall(r"\X", "e\u0301🇩🇪x") == ["e\u0301", "🇩🇪", "x"]
assert regex.sub(r"(?i)STRASSE", "-", "straße", flags=regex.FULLCASE) == "-"
try:
    regex.compile("(a")
except regex.error as error:
    assert error.pos == 2, error.pos
else:
    raise AssertionError
print("regex: Unicode, fuzzy, recursive")
