"""The parser in C is the one that is used; bytes as the format's specification has them, and as JSON and text."""

from google.protobuf import (
    any_pb2,
    descriptor_pb2,
    descriptor_pool,
    json_format,
    message,
    message_factory,
    struct_pb2,
    text_format,
    timestamp_pb2,
    wrappers_pb2,
)
from google.protobuf.internal import api_implementation

assert api_implementation.Type() == "upb"
file = descriptor_pb2.FileDescriptorProto(name="t.proto", package="t", syntax="proto3")
kind = file.message_type.add(name="Test")
Field = descriptor_pb2.FieldDescriptorProto
for number, name, of, label in (
    (1, "a", Field.TYPE_INT32, Field.LABEL_OPTIONAL),
    (2, "b", Field.TYPE_STRING, Field.LABEL_OPTIONAL),
    (3, "c", Field.TYPE_SINT64, Field.LABEL_REPEATED),
    (4, "d", Field.TYPE_DOUBLE, Field.LABEL_OPTIONAL),
):
    kind.field.add(name=name, number=number, type=of, label=label)
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
Test = message_factory.GetMessageClass(pool.FindMessageTypeByName("t.Test"))
assert Test(a=150).SerializeToString() == bytes.fromhex("089601")
assert Test(b="testing").SerializeToString() == bytes.fromhex("120774657374696e67")
assert Test(a=-1).SerializeToString() == bytes.fromhex("08ffffffffffffffffff01")
one = Test(a=1, b="ü", c=[-1, 2**62, -(2**63)], d=0.1)
assert one.SerializeToString() == bytes.fromhex(
    "08011202c3bc1a150180808080808080808001ffffffffffffffffff01219a9999999999b93f"
)
assert Test.FromString(one.SerializeToString()) == one
assert json_format.MessageToDict(one) == {"a": 1, "b": "ü", "c": ["-1", str(2**62), str(-(2**63))], "d": 0.1}
assert json_format.Parse('{"a": 1, "c": [7]}', Test()).c == [7]
assert text_format.MessageToString(one, as_one_line=True) == (
    'a: 1 b: "ü" c: -1 c: 4611686018427387904 c: -9223372036854775808 d: 0.1'
)
assert text_format.Parse("a: 3 c: [1, 2]", Test()) == Test(a=3, c=[1, 2])
time = timestamp_pb2.Timestamp()
time.FromJsonString("2024-02-29T01:02:03.456789Z")
assert (time.seconds, time.nanos, time.ToJsonString()) == (1709168523, 456789000, "2024-02-29T01:02:03.456789Z")
packed = any_pb2.Any()
packed.Pack(wrappers_pb2.StringValue(value="x"))
assert packed.SerializeToString() == b"\n/type.googleapis.com/google.protobuf.StringValue\x12\x03\n\x01x"
box = struct_pb2.Struct()
box.update({"a": [1, None, {"b": True}]})
assert json_format.MessageToDict(box) == {"a": [1.0, None, {"b": True}]}
for broken in (b"\x08", b"\x12\x05ab", b"\xff" * 11):
    try:
        Test.FromString(broken)
    except message.DecodeError:
        pass
    else:
        raise AssertionError(broken)
try:
    Test(a=2**31)
except ValueError:
    pass
else:
    raise AssertionError
print("protobuf: bytes of the specification, and back")
