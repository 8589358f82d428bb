{ bashScript, roots }:
/**
  The ways of an image out of the store, as programs: `nix run .#container-NAME.copyTo -- oci:DIR`.

  # Type
  `imageWays :: Derivation -> { copyTo, copyToDockerDaemon, copyToPodman }`
*/
image:
let
  way =
    name: target:
    derivation (
      bashScript ./imageWay.sh
      // {
        inherit image name target;
        inherit (image) imageName tag;
        inherit (roots) shell skopeo;
        PATH = "${roots.shell}/usr/bin";
      }
    )
    // {
      meta.mainProgram = name;
    };
in
{
  copyTo = way "copy-to" "";
  copyToDockerDaemon = way "copy-to-docker-daemon" "docker-daemon:";
  copyToPodman = way "copy-to-podman" "containers-storage:localhost/";
}
