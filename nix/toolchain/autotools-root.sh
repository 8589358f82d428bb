# shellcheck shell=sh
# buildtools, shell: see roots.nix
# Programs and the modules that they load are scripts. What they copy into a project stays as it is, and so do frozen macros,
# which count their characters. The first group keeps a path of the store from being led twice.
before='(^|[^[:alnum:]_.-])'
grep -rlE '/usr/(share|bin)/|/bin/(sed|[ef]?grep|ls)' usr/bin usr/share/autoconf usr/share/automake-* \
  | grep -E '^usr/bin/|[.](pm|pl|cfg|m4)$' | while read -r file; do
  sed -i -E \
    -e "s!$before/usr/share/(autoconf|automake-[0-9.]+|aclocal(-[0-9.]+)?|gettext|libtool)!\1$out/usr/share/\2!g" \
    -e "s!$before/usr/bin/(m4|perl)!\1$buildtools/usr/bin/\2!g" \
    -e "s!$before/usr/bin/(auto[a-z0-9]+|aclocal|libtoolize|ifnames)!\1$out/usr/bin/\2!g" \
    -e "s!$before(/usr)?/bin/(sed|[ef]?grep|ls)!\1$shell/usr/bin/\3!g" \
    "$file"
done
# Debian chooses among versions when it installs.
for program in usr/bin/*-[0-9]*; do
  name=${program##*/}
  ln -s "$name" "usr/bin/${name%-*}"
done
