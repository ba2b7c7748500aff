# Sourced by config/demo.sh and tests/run.sh: installs what debian/control names, if it is not there, and
# builds into build/. With $targets: these, and only what they need. Without: all, and the tests with what they need.
# Works from a fresh clone on a bare Debian 12.
set -eu

if [ -n "$targets" ]; then
  profiles=nocheck,pkg.nbasync.nopackage
  tests=OFF
  # Whoever has the tests in build/ keeps them.
  if grep -q "^NBASYNC_TESTS:BOOL=ON" build/CMakeCache.txt 2>/dev/null; then tests=ON; fi
else
  profiles=
  tests=ON
fi

if ! dpkg-checkbuilddeps ${profiles:+-P $profiles} debian/control >/dev/null 2>&1; then
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  echo "Installing the packages named in debian/control ..."
  $as_root apt-get update -qq
  # A warning of apt about its own sandbox is no error: what counts is the exit status.
  DEBIAN_FRONTEND=noninteractive $as_root apt-get build-dep -y -qq ${profiles:+-P $profiles} ./ >/dev/null
fi

echo "Building into build/ ..."
# With the flags of the package, but for a debugger's symbols, which take a fifth of the compiler's time.
eval "$(DEB_CXXFLAGS_STRIP=-g make -s -f debian/rules flags)"
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="$CXXFLAGS $CPPFLAGS" \
  -DNBASYNC_TESTS=$tests >/dev/null
cmake --build build ${targets:+--target $targets}
