"""Small Fortran programs, compiled by one compiler and compared with what another one's did. Standard library only."""
