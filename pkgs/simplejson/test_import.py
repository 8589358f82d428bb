"""The loops in C are the ones that are used, and give what those in Python give."""

import decimal

import simplejson
from simplejson import decoder, encoder, scanner

assert encoder.c_make_encoder
assert scanner.c_make_scanner
assert decoder.scanstring is decoder.c_scanstring
assert simplejson.loads("[1.10]", use_decimal=True) == [decimal.Decimal("1.10")]
assert simplejson.dumps([decimal.Decimal("1.10")]) == "[1.10]"
assert simplejson.dumps({"ü": [1, None]}) == '{"\\u00fc": [1, null]}'
assert simplejson.dumps({"a": float("nan")}, ignore_nan=True) == '{"a": null}'
assert simplejson.dumps([2**53 + 1], bigint_as_string=True) == '["9007199254740993"]'
assert simplejson.loads('["\\ud834\\udd1e"]') == ["\U0001d11e"]
text = simplejson.dumps({str(i): [i / 7, {"x": "ß\n"}] for i in range(500)})
slow = simplejson.JSONDecoder()
slow.scan_once = scanner.py_make_scanner(slow)
assert simplejson.loads(text) == slow.decode(text)
try:
    simplejson.loads('{"a": 1,, }')
except simplejson.JSONDecodeError as error:
    assert (error.lineno, error.colno) == (1, 9), (error.lineno, error.colno)
else:
    raise AssertionError
print("simplejson: C and Python agree")
