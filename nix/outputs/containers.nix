{
  checkedEnvironment,
  container-ci,
  container-of,
  container-test,
  container-toolchain,
}:
# The images, by the names that people give them; that of a site is of the set `ci`.
{
  ci = container-ci;
  site = container-of checkedEnvironment;
  test = container-test;
  toolchain = container-toolchain;
}
