"""What several Fortran compilers pass of the same programs. Standard library only."""
