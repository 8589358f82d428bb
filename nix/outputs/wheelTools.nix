{ mkWheelTools }:
mkWheelTools {
  name = "wheel-tools";
  builds = true;
}
