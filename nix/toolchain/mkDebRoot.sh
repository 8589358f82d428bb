# shellcheck shell=sh
# debs, libraries, patchelf, remove, links, finish: see mkDebRoot.nix
mkdir -p "$out" control
jobs=${NIX_BUILD_CORES:-1}
[ "$jobs" -gt 0 ] || jobs=$(nproc)

cat > unpack.sh <<'UNPACK'
set -eu
data=$(ar t "$1" | grep '^data[.]tar')
case $data in
  *.xz) ar p "$1" "$data" | tar xJ -C "$2" ;;
  *.gz) ar p "$1" "$data" | tar xz -C "$2" ;;
  *.zst) echo "$1: zstd members need a newer busybox" >&2; exit 1 ;;
  *) ar p "$1" "$data" | tar x -C "$2" ;;
esac
UNPACK

# The C library first: its files, the loader among them, must not be changed.
# (The first line keeps the list of patterns from being empty, which busybox's grep takes to match everything.)
echo ./none > untouchable
for deb in $debs; do
  case $deb in
    *-libc6_*)
      sh unpack.sh "$deb" "$out"
      (cd "$out" && find . -type f) >> untouchable
      ;;
  esac
done
# One after the other where packages bring the same folders: tar makes them again without harm.
for deb in $debs; do
  case $deb in *-libc6_*) ;; *) echo "$deb" ;; esac
done | xargs -r -n 1 -P "$jobs" sh -c 'sh unpack.sh "$1" "$0"' "$out"
chmod -R u+w "$out"

cd "$out"
rm -rf usr/share/doc usr/share/man usr/share/info usr/share/locale usr/share/lintian usr/share/bash-completion \
  usr/share/bug usr/lib/systemd etc/init.d boot dev home proc root run sys tmp var
for pattern in $remove; do
  # shellcheck disable=SC2086
  rm -rf $pattern
done
for link in $links; do
  ln -sfn "${link#*=}" "${link%%=*}"
done
[ -e bin ] || ln -s usr/bin bin

loader=
rpath=
for root in "$out" $libraries; do
  for dir in "$root"/usr/lib/x86_64-linux-gnu "$root"/lib/x86_64-linux-gnu "$root"/usr/lib/llvm-*/lib; do
    [ -d "$dir" ] || continue
    rpath=$rpath${rpath:+:}$dir
    [ -n "$loader" ] || [ ! -e "$dir/ld-linux-x86-64.so.2" ] || loader=$dir/ld-linux-x86-64.so.2
  done
done

# ELF files only, by their first four bytes.
cat > "$NIX_BUILD_TOP/bind.sh" <<'BIND'
set -eu
for file do
  [ "$(head -c 4 "$file" | od -An -tx1 | tr -d ' \n')" = 7f454c46 ] || continue
  if "$patchelf/bin/patchelf" --print-interpreter "$file" > /dev/null 2>&1; then
    "$patchelf/bin/patchelf" --set-interpreter "$loader" --set-rpath "$rpath" "$file"
  elif "$patchelf/bin/patchelf" --print-rpath "$file" > /dev/null 2>&1; then
    "$patchelf/bin/patchelf" --set-rpath "$rpath" "$file"
  fi
done
BIND
export loader rpath patchelf
find . -type f \( -perm -100 -o -name '*.so' -o -name '*.so.*' \) | grep -vxF -f "$NIX_BUILD_TOP/untouchable" \
  | tr '\n' '\0' | xargs -0 -r -n 40 -P "$jobs" sh "$NIX_BUILD_TOP/bind.sh"

# Scripts find their interpreter in this root or in one it uses.
find . -type f -perm -100 | while read -r file; do
  line=$(head -n 1 "$file" | head -c 200 | tr -d '\0')
  case $line in
    '#!'*) ;;
    *) continue ;;
  esac
  line=$(echo "${line#'#!'}" | sed 's/^ *//')
  program=${line%% *}
  rest=${line#"$program"}
  case $program in
    */env) program=$(echo "$rest" | sed 's/^ *//; s/ .*//'); rest=${rest#*"$program"} ;;
  esac
  for root in "$out" $libraries; do
    [ -e "$root/usr/bin/${program##*/}" ] || [ -L "$root/usr/bin/${program##*/}" ] || continue
    sed -i "1s|.*|#!$root/usr/bin/${program##*/}$rest|" "$file"
    break
  done
done
if [ -n "$finish" ]; then
  # shellcheck disable=SC1090
  . "$finish"
fi
