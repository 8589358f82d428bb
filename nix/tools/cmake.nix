{ roots }: { path = [ roots.cmake ]; }
