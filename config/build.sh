# Sourced by config/demo.sh and tests/run.sh: installs what debian/control names, if it is not there, and
# builds into build/: all, or the targets named in $targets. Works from a fresh clone on a bare Debian 12.
set -eu

if ! dpkg-checkbuilddeps debian/control >/dev/null 2>&1; then
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "Installing the packages named in debian/control ..."
  $as_root apt-get update -qq
  # A warning of apt about its own sandbox is no error: what counts is the exit status.
  DEBIAN_FRONTEND=noninteractive $as_root apt-get build-dep -y -qq ./ >/dev/null
fi

echo "Building into build/ ..."
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build build ${targets:+--target $targets}
