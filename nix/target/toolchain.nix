{
  base,
  buildPython,
  mkToolchain,
  profile,
  python-target,
}:
# The toolchain of wheels, and of people: it knows the target's Python, and headers that the runtime was compiled with.
mkToolchain {
  name = "toolchain-${base.compiler.emscripten}-${profile.short}";
  python = buildPython;
  pythonInclude = "${python-target}/include/python${profile.abi.python}";
  # A store path of its own: else every change anywhere would make a new toolchain, and no sandbox would hold the folder.
  systemIncludes =
    if profile.include == null then
      [ ]
    else
      [
        (builtins.path {
          name = "headers-${profile.short}";
          path = profile.include;
        })
      ];
  inherit (profile.abi) lacking;
  profileName = profile.name;
}
