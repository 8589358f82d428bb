{ mkPythonRoot, profile }:
# The Python of the build machine that runs a project's back end: of the target's version, so that wheels with compiled code
# that a build requires fit it.
mkPythonRoot {
  version = profile.abi.python;
  debs = profile.roots.python;
}
