#!/bin/sh
# cmake --install places the files that the package has. Usage: same_files.sh BUILD PACKAGE
set -eu
if [ ! -e "$2" ]; then
  echo "SKIPPED: this test needs the package; build it with: sh tests/package.sh"
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
DESTDIR=$folder/cmake cmake --install "$1" --prefix /usr >/dev/null
dpkg-deb -x "$2" "$folder/package"
rm -r "$folder"/*/usr/share/doc "$folder/package/usr/share/lintian"

# Debian 12 has units in /lib, and packs manual pages. The build under test is configured for /usr/local, where the
# configuration is, too; --prefix does not move that.
list() {
  (cd "$folder/$1" && find . -type f | sed 's|^\./usr/lib/|./lib/|; s|^\./usr/local/etc/|./etc/|; s|\.gz$||' | sort)
}
list cmake >"$folder/cmake.list"
list package >"$folder/package.list"
test -s "$folder/package.list"
diff -u "$folder/package.list" "$folder/cmake.list"
