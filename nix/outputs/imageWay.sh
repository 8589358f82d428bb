# shellcheck shell=bash
# image, imageName, tag, name, target, shell, skopeo: see imageWays.nix
mkdir -p "$out/bin"
# What is copied was built here: there is no signature to look for.
copy="$skopeo/usr/bin/skopeo --insecure-policy copy"
{
  echo "#!$shell/usr/bin/bash"
  if [ "$target" = docker-daemon: ]; then
    # skopeo gives a daemon no layers that zstd has compressed, and does not ask where the user's daemon is.
    echo "PATH=$shell/usr/bin\${PATH:+:\$PATH}"
    echo 'folder=$(mktemp -d "${TMPDIR:-/var/tmp}/image.XXXXXX")'
    echo "trap 'rm -rf \"\$folder\"' EXIT"
    echo "archive=docker-archive:\$folder/image.tar:$imageName:$tag"
    echo "$copy --quiet oci:$image:$tag \"\$archive\" || exit"
    echo "$copy \${DOCKER_HOST:+--dest-daemon-host \"\$DOCKER_HOST\"} \"\$@\" \"\$archive\" $target$imageName:$tag"
  elif [ -n "$target" ]; then
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
