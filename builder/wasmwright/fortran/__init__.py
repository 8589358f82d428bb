"""`wasm-flang`: Fortran for wasm32 by a stock flang, whose LLVM IR is retargeted, and clang. Standard library only."""
