{
  fetchSource,
  hostEnvironment,
  profile,
}:
# The front end that calls every project's own back end (PEP 517).
hostEnvironment {
  name = "frontend";
  wheels = map fetchSource [
    profile.wheels.build
    profile.wheels.packaging
    profile.wheels.pyproject-hooks
  ];
}
