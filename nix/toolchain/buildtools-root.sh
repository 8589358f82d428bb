# shellcheck shell=sh
# shell: see roots.nix
# Perl knows its modules by the places of Debian and by its version: PERL5LIB of nix/tools/perl.nix names them without it.
for folder in usr/share/perl usr/lib/x86_64-linux-gnu/perl; do
  for version in "$folder"/5.*; do
    case ${version##*/} in *.*.*) ;; *) ln -s "${version##*/}" "$folder/current" ;; esac
  done
done
# Libraries of the target are archives: what they need themselves has to be linked with them.
mkdir -p usr/libexec
mv usr/bin/pkgconf usr/libexec/pkgconf
printf '#!%s\nexec %s --static "$@"\n' "$shell/usr/bin/sh" "$out/usr/libexec/pkgconf" > usr/bin/pkgconf
chmod 755 usr/bin/pkgconf
