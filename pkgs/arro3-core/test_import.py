"""The values are those of the native package."""

from arro3.core import Array, DataType, Field, RecordBatch, Schema, Table

numbers = Array([1, None, 2**40, -7], type=DataType.int64())
assert (len(numbers), numbers.null_count, numbers.type) == (4, 1, DataType.int64())
assert numbers.to_pylist() == [1, None, 2**40, -7]
assert numbers.slice(1, 2).to_pylist() == [None, 2**40]
assert numbers.cast(DataType.float64()).to_pylist() == [1.0, None, float(2**40), -7.0]
assert numbers.take(Array([3, 0], type=DataType.uint32())).to_pylist() == [-7, 1]
words = Array(["a", "ß", None, "four"], type=DataType.string())
schema = Schema([Field("n", DataType.int64()), Field("w", DataType.string(), nullable=True)])
batch = RecordBatch([numbers, words], schema=schema)
table = Table.from_batches([batch, batch])
assert table.shape == (8, 2)
assert table["w"].to_pylist() == ["a", "ß", None, "four"] * 2
assert table.slice(3, 2)["n"].to_pylist() == [-7, 1]
assert table.schema.field("w").nullable
# Another library takes it by Arrow's C interface: here it is this one.
assert Table(table) == table
assert numbers.cast(DataType.int8()).to_pylist() == [1, None, None, -7]
try:
    RecordBatch([numbers], schema=schema)
except Exception as error:  # noqa: BLE001 - the class is the extension's own
    assert "number of columns(1)" in str(error), error
else:
    raise AssertionError
