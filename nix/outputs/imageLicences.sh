# shellcheck shell=sh
# debs, archives, own: see imageLicences.nix
# $out/PACKAGE/copyright, or what upstream calls it: what lies in /usr/share/doc of the image.
mkdir -p "$out" docs
cat > unpack.sh <<'UNPACK'
set -eu
mkdir "$2"
ar p "$1" data.tar.xz | tar xJ -C "$2" ./usr/share/doc
UNPACK
jobs=${NIX_BUILD_CORES:-1}
[ "$jobs" -gt 0 ] || jobs=$(nproc)
# A name of the store: HASH-PACKAGE_VERSION_ARCHITECTURE.deb
for deb in $debs; do
  file=${deb##*/}
  file=${file#*-}
  echo "$deb docs/${file%.deb}"
done | xargs -r -n 2 -P "$jobs" sh unpack.sh

# Some packages have a link to the folder of another, of the same source and version; that may have one, too.
for folder in docs/*; do
  name=${folder#docs/}
  package=${name%%_*}
  place=$folder/usr/share/doc/$package
  to=
  while [ -L "$place" ]; do
    to=$(readlink "$place")
    for other in "docs/${to%%/*}_"*; do place=$other/usr/share/doc/$to; done
  done
  mkdir "$out/$name"
  cp "$place/copyright" "$out/$name/copyright" || echo "$package, which names ${to:-none}" >> missing
done
if [ -e missing ]; then
  echo "wasmwright: no copyright file of these packages, nor the package that has it:" >&2
  cat missing >&2
  exit 1
fi

for archive in $archives; do
  name=${archive##*/}
  name=${name#*-}
  mkdir "unpacked-$name" "$out/$name"
  case $name in
    *.whl) unzip -q "$archive" -d "unpacked-$name" ;;
    *.tgz) tar xzf "$archive" -C "unpacked-$name" ;;
  esac
  (cd "unpacked-$name" && find . -path './*/node_modules' -prune -o -type f \( -iname '*licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' \) -print) \
    | sort | while read -r file; do
      place=$out/$name/${file#./*/}
      mkdir -p "${place%/*}"
      cp "unpacked-$name/$file" "$place"
    done
  # The runtime's package has no text: its description names the licence, whose text is among the common ones.
  if [ -z "$(ls "$out/$name")" ] && [ -f "unpacked-$name/package/package.json" ]; then
    cp "unpacked-$name/package/package.json" "$out/$name/package.json"
    grep -q '"license": "MPL-2.0"' "$out/$name/package.json"
  fi
  # A wheel whose project forgot the text: what it says of its licence.
  if [ -z "$(ls "$out/$name")" ]; then
    for metadata in "unpacked-$name"/*.dist-info/METADATA; do
      grep -Eq '^License(-Expression)?: .' "$metadata" && cp "$metadata" "$out/$name/METADATA"
    done
  fi
  [ -n "$(ls "$out/$name")" ] || {
    echo "wasmwright: $name has no licence" >&2
    exit 1
  }
done
mkdir "$out/wasmwright"
cp "$own" "$out/wasmwright/copyright"
