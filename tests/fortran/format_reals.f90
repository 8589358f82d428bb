! Covers: F, E, ES, EN, D and G edit descriptors for REAL*4 and REAL*8, scale factors, special values, rounding.
! Requires: runtime
program format_reals
  implicit none
  real :: s = 3.14159265, zero
  real(8) :: d = -2.718281828459045d0, tiny_one = 4.9d-300
  zero = 0
  print '(f8.3,f8.0,f0.4,f12.7)', s, s, s, s
  print '(f10.4,f20.15,f0.2)', d, d, d
  print '(e12.4,e14.6e3,e10.2)', s, s, -s / 1e10
  print '(es12.4,es22.14,en14.3)', s * 1e5, d * 1d-7, d * 12345
  print '(d14.6,1p,d14.6,e12.4,0p,e12.4)', d, d, s, s
  print '(g12.4,g12.4,g12.4,g12.4)', s, s * 1e7, s / 1e5, 0.0
  print '(f4.1,f4.1,f4.1,f4.1)', 0.25, 0.35, 2.5, 99.96
  print '(f3.1,f5.2)', 123.4, -1234.5
  print '(es12.3e4,e20.10)', tiny_one, tiny_one
  print '(3f9.3)', 1 / zero, -1 / zero, zero / zero
  print '(2p,f10.3,0p,f10.3)', s, s
  print '(f6.2,"%")', 99.999
  print '(g0,1x,g0,1x,g0,1x,g0)', 7, .true., 'text', 2.5
  print '(rn,f5.0,ru,f5.0,rd,f5.0,rz,f5.0)', 2.5, 2.1, 2.9, -2.9
  print '(dc,f6.2,dp,f6.2)', 1.5, 1.5
  print '(2f7.3,1x,2es10.2)', (1.5, -2.5), (1d10, 1d-10)
end program
