#!/bin/sh
# The package as a container (debian/container): its image is built on a base that debootstrap made, and started as the
# README tells: as no root, without rights, with a root that cannot be written. It makes the first sync of the demo season
# by itself, tells so over TCP, is healthy, and stops in good order. As root:
#   container.sh PACKAGE SEASON
# Exits 77, with the reason, where no container can be built or started.
set -eu

skip() {
  echo "SKIPPED: the test of the container needs $1"
  exit 77
}

# What this machine and the demo season need besides: the README's commands are run as they are written there.
podman() {
  verb=$1
  shift
  case $verb in
    build) set -- $build_options "$@" ;;
    run)
      set -- --network host --read-only-tmpfs=false --volume "$season:/season:ro" \
        --volume "$folder/season.yaml:/etc/nbasync/conf.d/90-season.yaml:ro" "$@"
      ;;
  esac
  command podman --root "$folder/storage" --runroot "$folder/run" --storage-driver vfs "$verb" "$@"
}

# The README's command, a line.
as_the_readme_tells() {
  told=$(readme_block "podman build" | sed ':a; /\\$/ { N; s/\\\n//; ba }' | grep "^podman $1 ")
  eval "$told"
}

build() {
  base=$(. /etc/os-release && echo "$VERSION_CODENAME")
  sh "$source/tests/fresh_root.sh" "$folder/root" "$base"
  tar -C "$folder/root" -c . | podman import --quiet - base || skip "podman to work here"
  rm -rf "$folder/root"
  mkdir -p "$folder/project/build/package"
  ln -s "$source/debian" "$folder/project/debian"
  cp "$package" "$folder/project/build/package/nbasync_test.deb"
  cd "$folder/project"
  as_the_readme_tells build
}

# In a network of its own: the port is nobody else's.
try() {
  ip link set lo up
  season_settings >"$folder/season.yaml"
  as_the_readme_tells run || skip "podman to start a container here"
  address=http://127.0.0.1:9570
  await_first_sync $address || { podman logs nbasync; exit 1; }
  curl -s -f "$address/api/teams" | grep -q BOS
  curl -s -f "$address/" | grep -q '<title>'
  curl -s -f "$address/api/v1/export/nba_teams?format=csv" >"$folder/teams.csv"
  [ "$(wc -l <"$folder/teams.csv")" = 31 ]
  podman healthcheck run nbasync
  as_the_readme_tells exec
  [ "$(podman exec nbasync id -un)" = nbasync ]
  podman exec nbasync nbasyncctl sync teams
  podman exec nbasync sh -c 'grep -q "^CapEff:.0*$" /proc/1/status'
  if podman exec nbasync sh -c 'touch /etc/nbasync/x || touch /x' 2>/dev/null; then exit 1; fi

  podman stop --time 20 nbasync
  [ "$(podman inspect --format '{{.State.ExitCode}}' nbasync)" = 0 ]
}

if [ "$1" = inside ]; then
  shift
  source=$1 folder=$2 season=$3
  readme=$source/README.md
  . "$source/tests/readme.sh"
  . "$source/tests/system/podman.sh"
  export CONTAINERS_CONF="$folder/containers.conf"
  try
  exit
fi

package=$(realpath "$1") season=$(realpath "$2")
source=$(realpath "$(dirname "$0")/../..")
[ "$(id -u)" = 0 ] || skip "root"
[ -e "$package" ] || skip "the package; build it with: sh tests/package.sh"
for tool in podman curl ip unshare; do
  command -v $tool >/dev/null || skip "the command $tool"
done
if [ -e /sys/fs/cgroup/unified ]; then command -v runc >/dev/null || skip "runc (apt-get install runc)"; fi
readme=$source/README.md
. "$source/tests/readme.sh"
. "$source/tests/system/podman.sh"
folder=$(mktemp -d)
podman_settings >"$folder/containers.conf"
export CONTAINERS_CONF="$folder/containers.conf"
trap 'podman rm --all --force >/dev/null 2>&1 || true; podman rmi --all --force >/dev/null 2>&1 || true
      rm -rf --one-file-system "$folder"' EXIT
trap 'exit 1' INT TERM HUP
build
unshare --net sh "$source/tests/system/container.sh" inside "$source" "$folder" "$season"
