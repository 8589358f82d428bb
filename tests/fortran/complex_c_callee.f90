! Covers: Fortran that calls C functions with COMPLEX results, and dummy functions with such results.
subroutine use_c(single, double)
  implicit none
  complex, intent(out) :: single
  complex(8), intent(out) :: double
  complex, external :: c_plus
  complex(8), external :: z_plus
  complex, external :: through_c
  single = c_plus((1.0, 2.0), (0.5, -4.0)) + through_c(c_plus)
  double = z_plus((1.0d0, 2.0d0), (0.25d0, -8.0d0)) * 2
end subroutine

complex function through_c(f)
  implicit none
  complex, external :: f
  through_c = f((10.0, 20.0), (30.0, 40.0))
end function
