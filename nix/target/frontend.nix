{
  base,
  buildEnvironment,
  fetchSource,
}:
# The front end that calls every project's own back end (PEP 517).
buildEnvironment {
  name = "frontend";
  wheels = map fetchSource [
    base.wheels.build
    base.wheels.packaging
    base.wheels.pyproject-hooks
  ];
}
