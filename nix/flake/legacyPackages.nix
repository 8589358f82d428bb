# For people who compose with nixpkgs; the only outputs that touch the inputs.
{
  inputs,
  system,
  scope,
}:
{
  inherit (scope) packages;
}
