#!/bin/sh
# nbasync on another release of Debian or Ubuntu than this machine's: builds the package there with warnings as errors,
# runs all tests that boot no systemd, and asks lintian. As root, from the project's folder:
#   sh tests/distribution.sh [--package | --run COMMAND] [SUITE [MIRROR]]
# SUITE (default: trixie) and MIRROR are as of tests/fresh_root.sh, which makes the root. What was built stands in
# build/package-SUITE then, with an apt repository of it where apt-utils and gpg are installed.
#
# With --package no test is built or run, and the compiler does not optimise, which takes half of its time: that package is
# for tests. With --run it is a shell's COMMAND, in a copy of the project, that happens there instead.
#
# The root is kept with its build folders and its compiler's cache in ${XDG_CACHE_HOME:-~/.cache}/nbasync/SUITE: only
# what has changed is done again. The folder may be removed at any time. Exits 77, with a sentence, where a root cannot be
# made.
set -eu
cd "$(dirname "$0")/.."

skip() {
  echo "SKIPPED: building on another distribution needs $1"
  exit 77
}

prepare() {
  how=all command=
  case ${1-} in
    --package)
      how=package
      shift
      ;;
    --run)
      how=run command=$2
      shift 2
      ;;
  esac
  suite=${1:-trixie}
  [ "$(id -u)" = 0 ] || skip "root"
  for tool in unshare flock git; do
    command -v $tool >/dev/null || skip "the command $tool"
  done
  unshare --mount --pid --fork true 2>/dev/null || skip "namespaces for mounts and processes"

  cache=${XDG_CACHE_HOME:-$HOME/.cache}/nbasync
  mkdir -p "$cache"
  exec 9>"$cache/$suite.lock"
  flock 9
  # In namespaces of its own: whatever ends it, its mounts and processes are gone with it.
  exec unshare --mount --pid --fork --kill-child --mount-proc \
    sh "$0" inside $how "$command" "$suite" "$cache/$suite" "${2:-}"
}

make_root() {
  rm -rf --one-file-system "$root" "$root.new"
  sh tests/fresh_root.sh "$root.new" "$suite" "$mirror"
  printf '#!/bin/sh\nexit 101\n' >"$root.new/usr/sbin/policy-rc.d"  # start no services
  chmod +x "$root.new/usr/sbin/policy-rc.d"
  mv "$root.new" "$root"
}

# The compiler's, besides the package's own.
flags="-Werror ${DEB_CXXFLAGS_APPEND-}"

# Without symbols for a debugger, which take a fifth of the compiler's time, and with a quarter of what is tried at
# random: what differs here are the libraries.
in_root() {
  chroot "$root" env -i PATH=/usr/lib/ccache:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive CCACHE_DIR=/var/cache/ccache DEB_CXXFLAGS_APPEND="$flags" \
    DEB_CXXFLAGS_STRIP=-g NBASYNC_ROUNDS=25 ${CMAKE_BUILD_PARALLEL_LEVEL:+CMAKE_BUILD_PARALLEL_LEVEL=$CMAKE_BUILD_PARALLEL_LEVEL} \
    sh -euc "cd /build/nbasync; $1"
}

inside() {
  how=$1 command=$2 suite=$3 root=$4 mirror=$5
  options=noautodbgsym profiles=
  if [ "$how" = package ]; then options="$options noopt nocheck" profiles=nocheck; fi
  trap 'exit 1' INT TERM HUP  # the first process of a namespace is sent only what it has asked for
  [ -d "$root" ] || make_root
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/tmp"
  sh tests/root_network.sh "$root"

  # What git knows, and the build folders of last time. A file is as old as its content is there.
  rm -rf "$root/build/new" "$root"/build/nbasync_* "$root"/build/python3-nbasync_*
  mkdir -p "$root/build/new" "$root/build/nbasync"
  git ls-files -z --cached --others --exclude-standard |
    tar -c --null --ignore-failed-read -T - | tar -x -m --no-same-owner -C "$root/build/new"
  (
    cd "$root/build/new"
    find . -type f -exec sh -c 'for file; do
      if cmp -s "$file" "$0/$file"; then touch -r "$0/$file" "$file"; fi
    done' "$root/build/nbasync" {} +
  )
  find "$root/build/nbasync" -maxdepth 1 '(' -name 'obj-*' -o -name 'build-*' ')' -exec mv {} "$root/build/new/" ';'
  rm -rf "$root/build/nbasync"
  mv "$root/build/new" "$root/build/nbasync"

  # Once a day, or when what is asked for has changed.
  told=$root/build/packages.log
  wanted=$(cat debian/control tests/tools tests/distribution.sh | sha256sum; date +%F)
  [ "$wanted" = "$(cat "$root/build/packages" 2>/dev/null)" ] || in_root "apt-get update
           apt-get build-dep -y --no-install-recommends ./
           apt-get install -y --no-install-recommends ccache lintian $(sed '/^# From here on/,$d; /^#/d' tests/tools | tr '\n' ' ')
           # Debian 12 has none of this name.
           apt-cache show python3-openapi-spec-validator >/dev/null 2>&1 &&
             apt-get install -y --no-install-recommends python3-openapi-spec-validator
           apt-get clean" >"$told" 2>&1 || {
    cat "$told"
    exit 1
  }
  echo "$wanted" >"$root/build/packages"
  if [ "$how" = run ]; then
    in_root "$command"
    return
  fi
  # CMake keeps the flags of a build folder's first time.
  if [ "$options $flags" != "$(cat "$root/build/options" 2>/dev/null)" ]; then rm -rf "$root"/build/nbasync/obj-*; fi
  echo "$options $flags" >"$root/build/options"
  packages=build/package-$suite
  rm -rf "$packages"
  in_root "DEB_BUILD_OPTIONS='$options' DEB_BUILD_PROFILES=$profiles dpkg-buildpackage -us -uc -b -nc"
  # Ubuntu's does not know the release of Debian that the changelog names.
  in_root "lintian --fail-on error,warning --suppress-tags bad-distribution-in-changes-file ../nbasync_*.changes"
  mkdir -p "$packages"
  cp "$root"/build/*.deb "$packages"
  sh debian/repository.sh "$packages/repository" "$suite" "$packages" || [ $? = 77 ]
  case $how in package) done="built" ;; *) done="built, tested" ;; esac
  in_root ". /etc/os-release; echo \"\$PRETTY_NAME: $done, lintian has nothing to say\""
}

if [ "${1-}" = inside ]; then
  shift
  inside "$@"
else
  prepare "$@"
fi
