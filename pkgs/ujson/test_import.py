"""Numbers are read and written as the standard library's json does, mistakes are refused."""

import json
import math

import ujson

assert ujson.loads('{"a":[1,2.5,null,"\\ud83d\\ude00"]}') == {"a": [1, 2.5, None, "\U0001f600"]}
assert ujson.dumps([0.1, 1e300, 2**63, -(2**63)]) == "[0.1,1e+300,9223372036854775808,-9223372036854775808]"
assert ujson.loads("18446744073709551616") == 2**64
assert ujson.dumps({"ü": "</a>"}) == '{"\\u00fc":"<\\/a>"}'
assert ujson.dumps({"ü": "</a>"}, ensure_ascii=False, escape_forward_slashes=False) == '{"ü":"</a>"}'
assert ujson.dumps({"b": [1], "a": {}}, indent=2, sort_keys=True) == json.dumps(
    {"b": [1], "a": {}}, indent=2, sort_keys=True
)
for number in (math.pi, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789.123456789):
    assert ujson.dumps(number) == repr(number)
    assert ujson.loads(repr(number)) == number
for broken in ("[1,", "{'a': 1}", '"\\ud83"', "[1] 2"):
    try:
        ujson.loads(broken)
    except ujson.JSONDecodeError:
        pass
    else:
        raise AssertionError(broken)
print("ujson: reads and writes")
