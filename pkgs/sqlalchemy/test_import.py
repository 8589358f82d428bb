"""The compiled parts are the ones that are used; statements in SQL of three dialects, rows, collections."""

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.engine import _row_cy, result
from sqlalchemy.util import _collections_cy, _immutabledict_cy, immutabledict

for module in (_row_cy, _collections_cy, _immutabledict_cy):
    assert module._is_compiled(), module


class Base(orm.DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(30))


statement = sa.select(User.name).where(User.id.in_([1, 2]), User.name.ilike("a%")).order_by(User.name).limit(3)
texts = {
    dialect.__name__: " ".join(
        str(statement.compile(dialect=dialect.dialect(), compile_kwargs={"literal_binds": True})).split()
    )
    for dialect in (sqlite, postgresql, mysql)
}
assert texts == {
    "sqlalchemy.dialects.sqlite": "SELECT user.name FROM user WHERE user.id IN (1, 2) "
    "AND lower(user.name) LIKE lower('a%') ORDER BY user.name LIMIT 3 OFFSET 0",
    "sqlalchemy.dialects.postgresql": 'SELECT "user".name FROM "user" WHERE "user".id IN (1, 2) '
    'AND "user".name ILIKE \'a%%\' ORDER BY "user".name LIMIT 3',
    "sqlalchemy.dialects.mysql": "SELECT user.name FROM user WHERE user.id IN (1, 2) "
    "AND lower(user.name) LIKE lower('a%%') ORDER BY user.name LIMIT 3",
}, texts
rows = result.IteratorResult(result.SimpleResultMetaData(["a", "b"]), iter([(1, 2), (3, 4), (1, 2)]))
assert [(row.a, row.b, row._asdict()) for row in rows.unique()] == [
    (1, 2, {"a": 1, "b": 2}),
    (3, 4, {"a": 3, "b": 4}),
]
kept = immutabledict({"a": 1}).union({"b": 2})
assert kept == {"a": 1, "b": 2}
assert list(_collections_cy.OrderedSet([3, 1, 3, 2]) | [5, 1]) == [3, 1, 2, 5]
try:
    kept["c"] = 3
except TypeError:
    pass
else:
    raise AssertionError
print("sqlalchemy: compiled parts, SQL of three dialects")
