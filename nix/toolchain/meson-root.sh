# shellcheck shell=sh
# python: see roots.nix
# Meson starts itself anew by this file's name.
cat > usr/bin/meson <<MESON
#!$python/usr/bin/python3 -sB
import sys
sys.path.insert(0, "$out/usr/lib/python3/dist-packages")
from mesonbuild.mesonmain import main
sys.exit(main())
MESON
