#!/bin/sh
# A root finds names and apt archives as this machine does: ROOT gets its resolv.conf and hosts, and the proxy of its apt, or
# of the environment, where there is one:
#   sh tests/root_network.sh ROOT
# Only what differs is written: a machine that is running may have ROOT below its own files.
set -eu
root=$1
umask 022

# The file has the given text, none without one. A link there would lead to a file of this machine.
put() {
  if [ -z "$2" ]; then
    rm -f "$1"
  elif [ -L "$1" ] || ! printf '%s\n' "$2" | cmp -s - "$1"; then
    rm -f "$1"
    printf '%s\n' "$2" >"$1"
  fi
}

# What apt is told counts more than the environment: for it, too.
proxies() {
  [ -z "${http_proxy:-}" ] || echo "Acquire::http::Proxy \"$http_proxy\";"
  [ -z "${https_proxy:-}" ] || echo "Acquire::https::Proxy \"$https_proxy\";"
  apt-config dump --format '%F "%v";%n' Acquire::http::Proxy Acquire::https::Proxy
}

put "$root/etc/resolv.conf" "$(cat /etc/resolv.conf)"
put "$root/etc/hosts" "$(cat /etc/hosts)"
put "$root/etc/apt/apt.conf.d/90proxy" "$(proxies)"
