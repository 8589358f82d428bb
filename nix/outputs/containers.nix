{
  container-ci,
  container-of,
  container-test,
  container-toolchain,
  everything,
}:
# The images, by the names that people give them; that of a site is of all packages.
{
  ci = container-ci;
  site = container-of everything;
  test = container-test;
  toolchain = container-toolchain;
}
