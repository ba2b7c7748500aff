#!/bin/sh
# A release of Debian with nothing on it but a systemd, on which nbasync is installed by apt from an apt repository. As
# root; FOLDER is as machine.sh has it:
#   fresh.sh boot FOLDER SUITE BUILD SEASON   boots it; it sees the repository of a folder package* of BUILD, and the demo
#                                             season. Exits 77, with the reason also in FOLDER/skipped, where that cannot be
#                                             done. Its root is kept as ${XDG_CACHE_HOME:-~/.cache}/nbasync/SUITE-machine,
#                                             which may be removed at any time
#   fresh.sh start FOLDER SUITE SEEN...       only boots it; it sees the folders SEEN
#   fresh.sh there FOLDER COMMAND...          runs a command there
#   fresh.sh tamper FOLDER                    apt there refuses the repository once a byte of what is signed is another
#   fresh.sh install FOLDER                   apt there installs nbasync
#   fresh.sh halt FOLDER                      powers it off
set -eu
command=$1 folder=$2
system=$(dirname "$0")
readme=$system/../../README.md
. "$system/../readme.sh"

skip() {
  mkdir -p "$folder"
  echo "SKIPPED: the test of a fresh $suite needs $1" | tee "$folder/skipped"
  exit 77
}

# A command there; apt-get asks the archive over this machine's network, which the machine itself has not.
there() {
  nsenter -t "$(cat "$folder/leader")" -m -u -i -p -C \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}

# A root that can be booted, made once: what a machine writes goes elsewhere.
make_root() {
  rm -rf --one-file-system "$root" "$root.new"
  status=0
  sh "$system/../fresh_root.sh" "$root.new" "$suite" || status=$?
  [ $status != 77 ] || skip "a root, which cannot be made here"
  [ $status = 0 ] || exit 1
  sh "$system/../root_network.sh" "$root.new"
  unshare --mount sh -euc 'mount -t proc proc "$0/proc"
    export DEBIAN_FRONTEND=noninteractive
    chroot "$0" apt-get -qq update
    chroot "$0" apt-get -qq -y install --no-install-recommends systemd-sysv' "$root.new" >"$root.log" 2>&1 ||
    { cat "$root.log"; exit 1; }
  mv "$root.new" "$root"
}

start() {
  suite=$1
  shift
  root=${XDG_CACHE_HOME:-$HOME/.cache}/nbasync/$suite-machine
  mkdir -p "$(dirname "$root")"
  exec 9>"$root.lock"
  flock 9
  [ -e "$root" ] || make_root
  sh "$system/../root_network.sh" "$root"
  exec 9>&-
  exec sh "$system/machine.sh" start "$folder" "$root" "$@"
}

boot() {
  suite=$1 build=$(realpath "$2") season=$(realpath "$3")
  for repository in "$build"/package*/repository; do
    [ ! -e "$repository/dists/$suite/InRelease" ] || break
  done
  [ -e "$repository/dists/$suite/InRelease" ] ||
    skip "a repository of it; make it there with: sh tests/package.sh, or here with: sh tests/distribution.sh $suite"
  start "$suite" "$repository:/repository" "$season:/season"
}

halt() { sh "$system/machine.sh" halt "$folder"; }

# The README's commands as they are written there, by root there who says yes, but for the repository's address and suite.
as_the_readme_tells() {
  suite=$(there sh -c '. /etc/os-release; echo $VERSION_CODENAME')
  commands=$(readme_block nbasync.sources | sed "s|https://packages.example/nbasync|file:$1|; s|^Suites: .*|Suites: $suite|")
  there sh -euc 'echo "APT::Get::Assume-Yes \"yes\"; APT::Update::Error-Mode \"any\";" >/etc/apt/apt.conf.d/99yes
    sudo() { "$@"; }
    cd /repository
    eval "$0"' "$commands"
}

install() {
  # Before it starts for the first time: the demo season in the place of the NBA.
  there mkdir -p /etc/nbasync/conf.d
  there tee /etc/nbasync/conf.d/50-demo.yaml >/dev/null <<'END'
season: 2025-26
upstream: {stats_url: "file:/season", cdn_url: "file:/season"}
control: {http: {listen: "127.0.0.1:8080"}}
END
  as_the_readme_tells /repository
}

tamper() {
  there rm -rf /tampered
  there cp -r /repository /tampered
  there sh -c 'sed -i "s/^Label: .*/Label: another/" /tampered/dists/*/InRelease'
  said=$(as_the_readme_tells /tampered 2>&1) && exit 1
  echo "$said"
  echo "$said" | grep -qiE 'BADSIG|not signed|invalid|bad signature'
  ! there apt-cache show nbasync
}

if [ -e "$folder/skipped" ] && [ $command != boot ] && [ $command != start ]; then exit 77; fi
shift 2
$command "$@"
