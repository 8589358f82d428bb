{
  container-site,
  container-test,
  container-toolchain,
  dist,
  everything,
}:
# The images, by the names that people give them; that of a site is of all packages.
{
  site = container-site (dist everything);
  test = container-test;
  toolchain = container-toolchain;
}
