"""What the test programs of BLAS and LAPACK say of the libraries that they are linked with. Standard library only."""
