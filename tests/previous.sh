#!/bin/sh
# Builds the package of the version before this one, of debian/changelog, as this project's history has it, and puts it
# into build/previous, for the tests of upgrades: sh tests/previous.sh
# It is built once and kept as ${XDG_CACHE_HOME:-~/.cache}/nbasync/previous-RELEASE-ARCHITECTURE-COMMIT.deb, which may be
# removed at any time. Exits 77, with a sentence, where the history is not there.
set -eu
cd "$(dirname "$0")/.."

skip() {
  echo "SKIPPED: the package of the version before needs $1"
  exit 77
}

changelog() { dpkg-parsechangelog --offset 1 --count 1 --show-field "$1"; }
version=$(changelog Version)
# Without a tag: the last commit of the day of its release.
commit=$(git rev-parse --verify --quiet "v$version^{commit}") ||
  commit=$(git rev-list -1 --before="$(date -u -d "@$(changelog Timestamp)" +%F) 23:59:59 +0000" HEAD 2>/dev/null) || true
git show "${commit:-none}:debian/changelog" 2>/dev/null | head -n 1 | grep -qF "($version)" ||
  skip "the history of this project (a clone of it)"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/nbasync
kept=$cache/previous-$(. /etc/os-release && echo "$VERSION_CODENAME")-$(dpkg --print-architecture)-$commit.deb
mkdir -p "$cache" build/previous
exec 9>"$cache/previous.lock"
flock 9
if [ ! -e "$kept" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' INT TERM HUP
  mkdir "$folder/source"
  git archive "$commit" | tar -x -C "$folder/source"
  if command -v ccache >/dev/null; then
    CCACHE_DIR=$(ccache --get-config cache_dir)
    export CCACHE_DIR CCACHE_BASEDIR="$folder/source" CCACHE_NOHASHDIR=1
  fi
  # Without optimisation, which takes half of the compiler's time: how it behaves is the same.
  (cd "$folder/source" &&
    DEB_CXXFLAGS_APPEND=$(echo "${DEB_CXXFLAGS_APPEND-}" | sed 's/-Werror//') \
      DEB_CXXFLAGS_STRIP=-g DEB_BUILD_OPTIONS="nocheck noautodbgsym noopt" DEB_BUILD_PROFILES=nocheck dpkg-buildpackage -us -uc -b)
  cp "$folder"/nbasync_*.deb "$kept.new"  # may take a while, and be broken off: from one file system to another
  mv "$kept.new" "$kept"
fi
cp "$kept" build/previous/nbasync.deb
echo "nbasync $version, of commit $(git log -1 --format='%h of %as' "$commit"): build/previous/nbasync.deb"
