"""Benchmarks: the same script in the WebAssembly runtime and in native Python, one thread each, side by side."""
