"""A schema validates Python and JSON, writes both, and tells each mistake with its place."""

from pydantic_core import SchemaSerializer, SchemaValidator, ValidationError, core_schema, from_json, to_json

schema = core_schema.typed_dict_schema(
    {
        "n": core_schema.typed_dict_field(core_schema.int_schema(ge=0)),
        "when": core_schema.typed_dict_field(core_schema.datetime_schema()),
        "names": core_schema.typed_dict_field(core_schema.list_schema(core_schema.str_schema(max_length=3))),
    }
)
validator, serializer = SchemaValidator(schema), SchemaSerializer(schema)
value = validator.validate_json(b'{"n": "7", "when": "2024-02-29T01:02:03Z", "names": ["a", "b"]}')
assert (value["n"], value["when"].isoformat(), value["names"]) == (7, "2024-02-29T01:02:03+00:00", ["a", "b"])
assert serializer.to_json(value) == b'{"n":7,"when":"2024-02-29T01:02:03Z","names":["a","b"]}'
try:
    validator.validate_python({"n": -1, "when": "never", "names": ["abcd"]})
except ValidationError as error:
    told = [(one["type"], one["loc"]) for one in error.errors()]
    assert told == [
        ("greater_than_equal", ("n",)),
        ("datetime_from_date_parsing", ("when",)),
        ("string_too_long", ("names", 0)),
    ], told
else:
    raise AssertionError
assert from_json(b'["a", "b', allow_partial=True) == ["a"]
assert to_json({"x": b"y", 1: {2.5}}) == b'{"x":"y","1":[2.5]}'
print("pydantic-core: validates, writes, tells mistakes")
