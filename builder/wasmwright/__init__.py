"""wasmwright builds the scientific Python stack for WebAssembly, with every input pinned by hash."""
