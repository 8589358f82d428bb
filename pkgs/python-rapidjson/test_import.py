"""Numbers, texts, dates, schemas and mistakes, as native."""

import datetime as dt
import decimal
import uuid

import rapidjson

assert rapidjson.loads('{"a":[1,2.5,null,"\\ud83d\\ude00"]}') == {"a": [1, 2.5, None, "\U0001f600"]}
assert rapidjson.dumps([0.1, 1e300, 2**63, -(2**63)]) == "[0.1,1e+300,9223372036854775808,-9223372036854775808]"
assert rapidjson.loads("18446744073709551616") == 2**64
for number in (3.141592653589793, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789.123456789):
    assert rapidjson.loads(rapidjson.dumps(number)) == number
assert rapidjson.loads("0.1", number_mode=rapidjson.NM_DECIMAL) == decimal.Decimal("0.1")
time = dt.datetime(2024, 2, 29, 1, 2, 3, 456789, tzinfo=dt.UTC)
text = rapidjson.dumps([time, uuid.UUID(int=5)], datetime_mode=rapidjson.DM_ISO8601, uuid_mode=rapidjson.UM_CANONICAL)
assert text == '["2024-02-29T01:02:03.456789+00:00","00000000-0000-0000-0000-000000000005"]', text
assert rapidjson.loads(text, datetime_mode=rapidjson.DM_ISO8601)[0] == time
assert rapidjson.loads("[1, /* a */ 2,]", parse_mode=rapidjson.PM_COMMENTS | rapidjson.PM_TRAILING_COMMAS) == [1, 2]
validate = rapidjson.Validator('{"type": "object", "required": ["a"], "properties": {"a": {"minimum": 1}}}')
validate('{"a": 1}')
try:
    validate('{"a": 0}')
except rapidjson.ValidationError as error:
    assert error.args == ("minimum", "#/properties/a", "#/a"), error.args
else:
    raise AssertionError
for broken in ("[1,", "{'a': 1}", "[1] 2"):
    try:
        rapidjson.loads(broken)
    except rapidjson.JSONDecodeError:
        pass
    else:
        raise AssertionError(broken)
print(f"python-rapidjson: RapidJSON {rapidjson.__rapidjson_version__}")
