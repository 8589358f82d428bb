{ toolPython, system }:
# What makes f2py, which runs on the build machine, write for the target: a `sitecustomize` for the Python there.
derivation (
  toolPython [
    "-c"
    "import os, shutil; os.makedirs(os.environ['out'] + '/lib'); shutil.copyfile(os.environ['module'], os.environ['out'] + '/lib/sitecustomize.py')"
  ]
  // {
    inherit system;
    name = "f2py-target";
    module = ../../builder/wasmwright/f2pytarget.py;
  }
)
