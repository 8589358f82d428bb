{ roots }: { path = [ roots.buildtools ]; }
