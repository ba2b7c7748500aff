#!/bin/sh
# Builds the Debian package from a clean copy of what git knows, and puts it into FOLDER (default: build/package), with an
# apt repository of it, FOLDER/repository (debian/repository.sh says by which key it is signed).
# Its own tests are left out: this is for the system tests, which install it.  sh tests/package.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
project=$PWD
folder=${1:-build/package}
mkdir -p "$folder"
folder=$(realpath "$folder")

copy=$folder/source
rm -rf "$copy" "$folder"/*.deb
mkdir "$copy"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
cd "$copy"
# debhelper builds with a home of its own.
if command -v ccache >/dev/null; then
  CCACHE_DIR=$(ccache --get-config cache_dir)
  export CCACHE_DIR
fi
# Without symbols for a debugger, which take a fifth of the compiler's time.
DEB_CXXFLAGS_STRIP=-g DEB_BUILD_OPTIONS="nocheck noautodbgsym" DEB_BUILD_PROFILES=nocheck dpkg-buildpackage -us -uc -b
rm -rf "$copy"
ln -s "$(basename "$folder"/nbasync_*.deb)" "$folder/nbasync.deb"

cd "$folder"
sh "$project/debian/repository.sh" repository "$(. /etc/os-release && echo "$VERSION_CODENAME")" . || [ $? = 77 ]
