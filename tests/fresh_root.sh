#!/bin/sh
# A release of Debian or Ubuntu as it is before anything is installed: fills FOLDER, which is not there yet, with the
# smallest root that debootstrap makes. As root:
#   sh tests/fresh_root.sh FOLDER SUITE [MIRROR]
# SUITE is bookworm (Debian 12), trixie (Debian 13), noble (Ubuntu 24.04), resolute (Ubuntu 26.04), or another of theirs.
# MIRROR is the address of its archive; without it, that of this machine's apt for its own distribution. Of the other
# distribution the keyring has to be installed, too (the packages debian-archive-keyring, ubuntu-keyring; Debian 12 has not the
# latter, that of Debian 13 does).
#
# It is made once, and kept as ${XDG_CACHE_HOME:-~/.cache}/nbasync/SUITE.tar, which may be removed at any time. Exits 77,
# with a sentence, where none can be made; an archive whose signature is not right is a failure.
set -eu
folder=$1 suite=$2 mirror=${3:-}

skip() {
  echo "SKIPPED: a root of $suite needs $1"
  exit 77
}

make_archive() {
  case $suite in
    bookworm | trixie | forky | duke | sid) distribution=Debian keyring=debian components=main script=sid ;;
    *) distribution=Ubuntu keyring=ubuntu components=main,universe script=gutsy ;;
  esac
  command -v debootstrap >/dev/null || skip "debootstrap (apt-get install debootstrap)"
  keyring=/usr/share/keyrings/$keyring-archive-keyring.gpg
  [ -e "$keyring" ] || skip "$keyring"
  # That of whole releases: those of security alone have other labels, or a hyphen in their names.
  [ -n "$mirror" ] ||
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' "Origin: $distribution" \
      "Label: $distribution" | awk '$1 !~ /-/ {print $2; exit}')
  [ -n "$mirror" ] || skip "the address of an archive of $distribution as an argument"
  unshare --mount true 2>/dev/null || skip "a namespace for mounts"
  eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
  export http_proxy https_proxy
  made=$(mktemp -d)
  trap 'rm -rf --one-file-system "$made" "$archive.new"' EXIT
  trap 'exit 1' INT TERM HUP
  # Whatever ends it, its mounts are gone with it.
  unshare --mount debootstrap --variant=minbase --force-check-gpg --keyring="$keyring" --components=$components \
    "$suite" "$made/root" "$mirror" $script >"$made/log" 2>&1 || {
    tail -n 20 "$made/log"
    if grep -qE '^E: .*(Release signature|unknown key)' "$made/log"; then exit 1; fi
    skip "an archive that answers ($mirror)"
  }
  tar -C "$made/root" -c -f "$archive.new" .
  mv "$archive.new" "$archive"
}

[ "$(id -u)" = 0 ] || skip "root"
archive=${XDG_CACHE_HOME:-$HOME/.cache}/nbasync/$suite.tar
mkdir -p "$(dirname "$archive")"
exec 8>"$archive.lock"
flock 8
[ -e "$archive" ] || make_archive
mkdir "$folder"
tar -C "$folder" -x -f "$archive"
