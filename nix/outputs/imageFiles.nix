{
  base,
  fetchSource,
  runBusybox,
}:
# What images have that no tool root has: the certificates of authorities, and the licences that Debian's copyright files name.
runBusybox {
  name = "image-files";
  script = ./imageFiles.sh;
  env.debs = map fetchSource base.roots.image-files;
}
