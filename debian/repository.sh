#!/bin/sh
# An apt repository, for any web server to serve: FOLDER gets the files nbasync_*.deb and python3-nbasync_*.deb of the
# folder PACKAGES as its suite SUITE, the release's name:
#   sh debian/repository.sh FOLDER SUITE PACKAGES
# It is signed by the key NBASYNC_KEY (as gpg names it) of the caller; then other suites of FOLDER stay. Without one FOLDER
# is made anew, if there is nothing else in it, and signed by a key that is thrown away at once. FOLDER/nbasync.asc is the
# key's public half. Exits 77, with a sentence, where a tool is missing.
set -eu
folder=$1 suite=$2 packages=$(realpath "$3")

for tool in apt-ftparchive gpg gpg-agent; do
  if ! command -v $tool >/dev/null; then
    echo "No apt repository is made: that needs $tool (apt-get install apt-utils gpg gpg-agent)"
    exit 77
  fi
done

home=
trap 'if [ -n "$home" ]; then gpgconf --homedir "$home" --kill all; rm -rf "$home"; fi' EXIT
trap 'exit 1' INT TERM HUP
if [ -z "${NBASYNC_KEY:-}" ]; then
  mkdir -p "$folder"
  other=$(find "$folder/" -mindepth 1 -maxdepth 1 ! -name nbasync.asc ! -name dists ! -name pool -print -quit)
  if [ -n "$other" ]; then
    echo "No apt repository is made: without NBASYNC_KEY $folder is emptied, and $other is not of a repository" >&2
    exit 1
  fi
  rm -rf "$folder/nbasync.asc" "$folder/dists" "$folder/pool"
  home=$(mktemp -d)
  export GNUPGHOME="$home"
  NBASYNC_KEY="nbasync of a test"
  gpg --batch --quiet --passphrase '' --quick-generate-key "$NBASYNC_KEY" ed25519 sign never 2>"$home/log" ||
    { cat "$home/log" >&2; exit 1; }
fi

pool=pool/$suite dist=dists/$suite
mkdir -p "$folder"
cd "$folder"
rm -rf "$pool" "$dist"
mkdir -p "$pool" "$dist"
cp "$packages"/nbasync_*.deb "$packages"/python3-nbasync_*.deb "$pool"

architectures=$(for package in "$pool"/nbasync_*; do dpkg-deb -f "$package" Architecture; done | sort -u | paste -s -d ' ')
for architecture in $architectures; do
  index=$dist/main/binary-$architecture
  mkdir -p "$index"
  apt-ftparchive --arch "$architecture" packages "$pool" >"$index/Packages"
  gzip -9 -k -n "$index/Packages"
done
release() { echo "APT::FTPArchive::Release::$1=$2"; }
apt-ftparchive -o "$(release Origin nbasync)" -o "$(release Label nbasync)" -o "$(release Suite "$suite")" \
  -o "$(release Codename "$suite")" -o "$(release Components main)" -o "$(release Architectures "$architectures")" \
  release "$dist" >"$dist.Release"
mv "$dist.Release" "$dist/Release"

gpg --batch --armor --export "$NBASYNC_KEY" >nbasync.asc
gpg --batch --quiet --local-user "$NBASYNC_KEY" --clearsign --output "$dist/InRelease" "$dist/Release"
gpg --batch --quiet --local-user "$NBASYNC_KEY" --armor --detach-sign --output "$dist/Release.gpg" "$dist/Release"
