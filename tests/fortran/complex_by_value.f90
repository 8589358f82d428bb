! Covers: complex arguments by value and complex results, BIND(C), both directions and both kinds.
function c_scale(z, by) bind(c) result(r)
  use iso_c_binding, only: c_float_complex, c_float
  implicit none
  complex(c_float_complex), value :: z
  real(c_float), value :: by
  complex(c_float_complex) :: r
  r = z * by
end function

function z_scale(n, z, by) bind(c) result(r)
  use iso_c_binding, only: c_double_complex, c_double, c_int
  implicit none
  integer(c_int), value :: n
  complex(c_double_complex), value :: z
  real(c_double), value :: by
  complex(c_double_complex) :: r
  interface
    function c_square(z) bind(c) result(r)
      import c_double_complex
      complex(c_double_complex), value :: z
      complex(c_double_complex) :: r
    end function
    function f_square(z) bind(c) result(r)
      use iso_c_binding, only: c_float_complex
      complex(c_float_complex), value :: z
      complex(c_float_complex) :: r
    end function
  end interface
  r = n * c_square(z) * by + f_square((1.0, 3.0))
end function
