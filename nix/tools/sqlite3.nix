{ roots }: { path = [ roots.sqlite3 ]; }
