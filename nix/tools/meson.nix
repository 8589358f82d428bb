{ roots }: { path = [ roots.meson ]; }
