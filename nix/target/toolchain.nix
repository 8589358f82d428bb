{
  base,
  buildPython,
  headers,
  mkToolchain,
  profile,
  python-target,
}:
# The toolchain of wheels, and of people: it knows the target's Python, and headers that the runtime was compiled with.
mkToolchain {
  name = "toolchain-${base.compiler.emscripten}-${profile.short}";
  python = buildPython;
  pythonInclude = "${python-target}/include/python${profile.abi.python}";
  systemIncludes = headers;
  inherit (profile.abi) lacking;
  profileName = profile.name;
}
