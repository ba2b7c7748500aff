#!/bin/sh
# What the page takes in a browser: from its request to its first paint and to all that it shows, of a daemon that has just
# been started, in a browser that has nothing of it yet; and how large it is. Takes chromium and chromium-driver. From the
# project's folder, after a build:
#   sh tests/bench/page.sh [BUILD] [ROUNDS]
set -eu
build=$(cd "${1:-build}" && pwd)
exec python3 "$(dirname "$0")/page.py" "$build" "${2:-7}"
