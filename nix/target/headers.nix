{ profile }:
# The folders of headers that stand before the compiler's own: none or one. A store path of its own: else every change anywhere
# would make a new toolchain, and no sandbox would hold the folder.
if profile.include == null then
  [ ]
else
  [
    (builtins.path {
      name = "headers-${profile.short}";
      path = profile.include;
    })
  ]
