{
  container-toolchain,
}:
# The images, by the names that people give them.
{
  toolchain = container-toolchain;
}
