/* pkg-config: sqlite3 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

/* The first column of the first row, as text. */
static const char *answer(sqlite3 *database, const char *statement) {
    static char text[64];
    sqlite3_stmt *prepared = NULL;
    assert(sqlite3_prepare_v2(database, statement, -1, &prepared, NULL) == SQLITE_OK);
    assert(sqlite3_step(prepared) == SQLITE_ROW);
    snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(prepared, 0));
    assert(sqlite3_finalize(prepared) == SQLITE_OK);
    return text;
}

int main(void) {
    const char *path = "/tmp/test_link.sqlite", *files[] = {path, ":memory:"};
    assert(sqlite3_libversion_number() == 3053004 && sqlite3_threadsafe() == 0);
    remove(path);
    for (int at = 0; at < 2; at++) {
        sqlite3 *database = NULL;
        assert(sqlite3_open(files[at], &database) == SQLITE_OK);
        assert(sqlite3_exec(database,
                            "create table squares (number integer primary key, square real);"
                            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)"
                            " insert into squares select i, i * i from n;"
                            "create virtual table boxes using rtree (id, west, east, south, north);"
                            "insert into boxes values (1, 0, 2, 0, 2), (2, 5, 7, 5, 7);"
                            "create virtual table texts using fts5 (body);"
                            "insert into texts values ('a database in a file'), ('another one');",
                            NULL, NULL, NULL) == SQLITE_OK);
        assert(!strcmp(answer(database, "select sum(square) from squares"), "333833500.0"));
        assert(!strcmp(answer(database, "select id from boxes where west <= 6 and east >= 6"), "2"));
        assert(!strcmp(answer(database, "select body from texts where texts match 'database'"), "a database in a file"));
        assert(!strcmp(answer(database, "select json_extract('{\"a\": [1, 22]}', '$.a[1]')"), "22"));
        assert(!strcmp(answer(database, "select printf('%.6f', sqrt(2) * pi())"), "4.442883"));
        assert(!strcmp(answer(database, "pragma integrity_check"), "ok"));
        assert(sqlite3_exec(database, "insert into squares values (1, 1)", NULL, NULL, NULL) == SQLITE_CONSTRAINT);
        assert(sqlite3_close(database) == SQLITE_OK);
    }
    sqlite3 *again = NULL;
    assert(sqlite3_open_v2(path, &again, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    assert(!strcmp(answer(again, "select count(*) from squares"), "1000"));
    assert(sqlite3_close(again) == SQLITE_OK && remove(path) == 0);
    return 0;
}
