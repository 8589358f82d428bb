{ mkWheelTools }:
# Without compilers: what tests wheels that were built elsewhere.
mkWheelTools {
  name = "test-tools";
  builds = false;
}
