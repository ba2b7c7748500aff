#!/bin/sh
# A throw-away Debian with a real systemd for the system tests: what it writes goes to memory, and is gone with it. Usage:
#   machine.sh boot FOLDER PACKAGE SEEN...   boots this machine's own root, installs the package; FOLDER/leader then has
#                                            the pid of its systemd. The folders SEEN are seen inside, also if they are
#                                            in /tmp. Exits 77, with the reason also in FOLDER/skipped, where that cannot
#                                            be done
#   machine.sh start FOLDER ROOT SEEN...     boots the root ROOT, and installs nothing; else the same
#   machine.sh connect FOLDER OTHER          makes a network of two machines, which then have the names and addresses of
#                                            the README: one, also as db.example, and two. OTHER/skipped as above
#   machine.sh halt FOLDER                   powers it off
set -eu

command=$1 folder=$2 subject=${3:-}
if [ $# -gt 3 ]; then shift 3; else set --; fi
name=nbasync-$$
lifetime=1200  # seconds after which it is switched off whoever still uses it

skip() {
  echo "SKIPPED: the system tests need $1" | tee "$folder/skipped"
  exit 77
}

inside() { nsenter -t "$(cat "$folder/leader")" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

# Each machine needs control groups of its own.
groups() {
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -e $hierarchy/cgroup.procs ]; then echo $hierarchy; fi
  done
}

# The shell that owns the machine: it runs in the background, and takes everything away at the end.
hold() {
  root=$(mktemp -d)
  mount --bind "$subject" "$root"
  trap 'umount -l "$root"; rmdir "$root"
        for group in $(groups); do
          echo $$ >"$group/cgroup.procs" || true
          find "$group/$name" -depth -type d -exec rmdir {} + 2>/dev/null || true
        done
        rm -f "$folder/leader"' EXIT
  mount --make-private "$root"
  for group in $(groups); do
    mkdir "$group/$name"
    echo $$ >"$group/$name/cgroup.procs"
  done
  for seen; do
    set -- "$@" "--bind-ro=$seen"
    shift
  done
  timeout -k 20 $lifetime systemd-nspawn -q -D "$root" --volatile=overlay --boot --register=no --keep-unit \
    --machine="$name" --link-journal=no --console=pipe --private-network "$@" \
    systemd.unit=basic.target systemd.wants=dbus.service systemd.log_target=journal </dev/null &
  nspawn=
  until [ -n "$nspawn" ] && leader=$(pgrep -P "$nspawn" -x systemd); do
    kill -0 $! || exit 1
    nspawn=$(pgrep -P $! -x systemd-nspawn) || true
    sleep 0.05
  done
  echo "$leader" >"$folder/leader.new"
  mv "$folder/leader.new" "$folder/leader"
  wait $! || true
}

# Boots the root of the first argument.
start() {
  [ "$(id -u)" = 0 ] || skip "root, to boot a systemd of their own"
  command -v nsenter >/dev/null || skip "nsenter"
  command -v systemd-nspawn >/dev/null || skip "systemd-nspawn (apt-get install systemd-container)"
  [ -n "$(groups)" ] || skip "control groups below /sys/fs/cgroup"

  setsid sh "$0" hold "$folder" "$@" >"$folder/console" 2>&1 </dev/null &
  tries=400
  until [ -e "$folder/leader" ] && inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; do
    if ! kill -0 $! 2>/dev/null || [ $((tries -= 1)) = 0 ]; then
      cat "$folder/console"
      skip "systemd-nspawn to work here: it did not boot"
    fi
    sleep 0.05
  done
}

boot() {
  package=$subject
  [ -x /usr/lib/polkit-1/polkitd ] || skip "polkitd (apt-get install polkitd)"
  [ -e "$package" ] || skip "the package; build it with: sh tests/package.sh"
  start / "$@"
  # A Debian in a container has been told to start no services.
  inside rm -f /usr/sbin/policy-rc.d
  # Nor is the index of all manual pages made anew with each package.
  inside rm -f /var/lib/man-db/auto-update
  inside useradd --no-create-home stranger
  inside useradd --no-create-home member
  inside dpkg -i "$package"
  inside usermod -aG nbasync member
}

connect() {
  first=$folder
  folder=$1  # who cannot be connected is skipped
  if [ -e "$first/skipped" ]; then skip "$(sed 's/.* need //' "$first/skipped")"; fi
  if [ -e "$folder/skipped" ]; then exit 77; fi
  command -v ip >/dev/null || skip "ip (apt-get install iproute2)"
  [ -d /usr/lib/postgresql ] || skip "a PostgreSQL (apt-get install postgresql)"
  ip link add cable netns "$(cat "$first/leader")" type veth peer name cable netns "$(cat "$folder/leader")" ||
    skip "a pair of virtual network devices (the kernel's veth)"
  name=one address=192.0.2.1
  for folder in "$first" "$folder"; do
    inside hostname $name
    inside ip address add $address/24 dev cable
    inside ip link set cable up
    printf '%s\n' '127.0.0.1 localhost' '192.0.2.1 one db.example' '192.0.2.2 two' | inside tee /etc/hosts >/dev/null
    name=two address=192.0.2.2
  done
}

case $command in
  boot | start)
    sh "$0" halt "$folder" || true  # that of a run which was broken off
    rm -rf "$folder"
    mkdir -p "$folder"
    folder=$(realpath "$folder")
    if [ $command = boot ]; then boot "$@"; else start "$subject" "$@"; fi
    ;;
  hold) hold "$@" ;;
  connect) connect "$subject" ;;
  halt)
    [ -e "$folder/leader" ] || exit 0
    kill -s RTMIN+4 "$(cat "$folder/leader")"
    tries=200
    while [ -e "$folder/leader" ]; do
      [ $((tries -= 1)) != 0 ] || exit 1
      sleep 0.05
    done
    ;;
esac
