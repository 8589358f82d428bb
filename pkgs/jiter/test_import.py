"""Reads what the standard library's json reads, what is cut off too, and tells where a mistake is."""

import json

import jiter

text = b'{"a": [1, 2.5, -1e300, null, true], "b": "\\u00fc\\ud83d\\ude00", "big": 123456789012345678901234567890}'
assert jiter.from_json(text) == json.loads(text)
assert jiter.from_json(b'{"a": [1, 2, "x', partial_mode=True) == {"a": [1, 2]}
assert jiter.from_json(b'["ab', partial_mode="trailing-strings") == ["ab"]
assert str(jiter.from_json(b"[1.10]", float_mode="decimal")[0]) == "1.10"
try:
    jiter.from_json(b'{"a": 1,, }')
except ValueError as error:
    assert str(error) == "key must be a string at line 1 column 9", error
else:
    raise AssertionError
print("jiter: as json, and what is cut off")
