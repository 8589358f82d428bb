{ fortran, roots }:
# The native programs that a recipe may ask for (`build.tools`), and the root that holds each.
{
  cmake = roots.cmake;
  flang = fortran;
  flang-compiler = fortran;
  m4 = roots.buildtools;
  ninja = roots.buildtools;
  perl = roots.buildtools;
  pkgconf = roots.buildtools;
}
