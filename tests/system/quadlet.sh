#!/bin/sh
# The package as a service in a container: debian/container/nbasync.container, a Quadlet unit, on a Debian 13 that is booted for it
# (fresh.sh), as the podman of Debian 12 knows no such units. The image is built there by the README's command, on a base that debootstrap
# made, of the release of the package. The service makes the first sync of the demo season by itself, answers over TCP,
# is healthy, and stops in good order. As root; FOLDER is as fresh.sh has it:
#   quadlet.sh FOLDER PACKAGE SEASON
# Exits 77, with the reason, where that cannot be done.
set -eu

skip() {
  echo "SKIPPED: the test of the Quadlet unit needs $1"
  exit 77
}

there() { sh "$system/fresh.sh" there "$folder" PODMAN_IGNORE_CGROUPSV1_WARNING=1 "$@"; }

# What the machine sees: the project's package and container, and the base of the image.
gather() {
  mkdir -p "$seen/project/build/package"
  cp -r "$source/debian" "$seen/project/debian"
  cp "$package" "$seen/project/build/package/nbasync_test.deb"
  status=0
  sh "$source/tests/fresh_root.sh" "$seen/root" "$(. /etc/os-release && echo "$VERSION_CODENAME")" || status=$?
  [ $status = 0 ] || exit $status
  tar -C "$seen/root" -c -f "$seen/base.tar" .
  rm -rf --one-file-system "$seen/root"
  podman_settings >"$seen/containers.conf"
}

install_podman() {
  there sh -euc 'apt-get -qq update && apt-get -qq -y install --no-install-recommends podman runc curl iproute2 >/dev/null' ||
    skip "podman from the archive of Debian 13"
  there cp /seen/containers.conf /etc/containers/containers.conf
  there sh -c 'printf "[storage]\ndriver = \"vfs\"\nrunroot = \"/run/containers/storage\"\n\
graphroot = \"/var/lib/containers/storage\"\n" >/etc/containers/storage.conf'
  # Control groups of version 1, which a machine may not write by itself.
  there sh -c 'for each in /sys/fs/cgroup/*/; do mount -o remount,rw,bind "$each" 2>/dev/null || true; done'
}

build() {
  there podman import --quiet /seen/base.tar base >/dev/null
  there tee /etc/systemd/system/probe.service >/dev/null <<'END'
[Service]
Type=oneshot
Delegate=yes
ExecStart=podman run --rm --cgroups=split --network host localhost/base true
END
  there systemctl daemon-reload
  there systemctl start probe 2>/dev/null || skip "podman to start a container in a service of a machine here"
  told=$(readme_block "podman build" | grep "^podman build ")
  there sh -euc 'cd /seen/project
    options=$1
    podman() {
      shift
      command podman build $options "$@"
    }
    eval "$0"' "$told" "$build_options" >/dev/null
}

# Besides the unit as it is: the demo season in the place of the NBA, and no network of its own.
configure() {
  there mkdir -p /etc/containers/systemd/nbasync.container.d
  there cp /seen/project/debian/container/nbasync.container /etc/containers/systemd/
  season_settings | there tee /etc/season.yaml >/dev/null
  there tee /etc/containers/systemd/nbasync.container.d/test.conf >/dev/null <<'END'
[Container]
Network=host
PublishPort=
Volume=/season:/season:ro
Volume=/etc/season.yaml:/etc/nbasync/conf.d/90-season.yaml:ro
END
  there ip link set lo up
  there systemctl daemon-reload
}

try() {
  there timeout 60 systemctl start nbasync
  at_home() { nsenter -t "$(cat "$folder/leader")" -n "$@"; }  # in the machine's network
  address=http://127.0.0.1:9570
  at_home sh -c ". '$system/podman.sh'; await_first_sync $address" ||
    { there journalctl --no-pager -u nbasync; exit 1; }
  at_home curl -s -f "$address/api/teams" | grep -q BOS
  there podman healthcheck run nbasync
  there podman exec nbasync nbasyncctl status | grep -q 'all is well'
  there systemctl show --property FragmentPath nbasync | grep -q /generator/
  there systemctl stop nbasync
  [ "$(there systemctl show --value --property Result nbasync)" = success ]
  [ "$(there systemctl is-active nbasync)" = inactive ]
}

folder=$1 package=$(realpath "$2") season=$(realpath "$3")
system=$(realpath "$(dirname "$0")")
source=$(realpath "$system/../..")
readme=$source/README.md
. "$source/tests/readme.sh"
. "$system/podman.sh"
[ "$(id -u)" = 0 ] || skip "root"
[ -e "$package" ] || skip "the package; build it with: sh tests/package.sh"
command -v curl >/dev/null || skip "the command curl"
seen=$(mktemp -d)
trap 'sh "$system/fresh.sh" halt "$folder" || true; rm -rf --one-file-system "$seen"' EXIT
trap 'exit 1' INT TERM HUP
gather
sh "$system/fresh.sh" start "$folder" trixie "$seen:/seen" "$season:/season"
install_podman
build
configure
try
