# shellcheck shell=bash
# image, imageName, tag, name, target, shell, skopeo: see imageWays.nix
mkdir -p "$out/bin"
# What is copied was built here: there is no signature to look for.
copy="$skopeo/usr/bin/skopeo --insecure-policy copy"
{
  echo "#!$shell/usr/bin/bash"
  if [ -n "$target" ]; then
    echo "exec $copy \"\$@\" oci:$image:$tag $target$imageName:$tag"
  else
    echo "if [ \$# -eq 0 ]; then"
    echo "  echo 'give a destination, as skopeo names them: oci:DIR, docker-archive:FILE, docker://HOST/NAME:TAG' >&2"
    echo "  exit 2"
    echo "fi"
    echo "exec $copy oci:$image:$tag \"\$@\""
  fi
} > "$out/bin/$name"
chmod 755 "$out/bin/$name"
