#!/bin/sh
# What the daemon takes when it is asked for too much: starts, 100,000 requests that wait and are cancelled, readers
# that never read, names of 20 MB, two answers of 30 MB. Prints the figures; fails above 64 MB over an idle daemon, 5 ms
# for a status, 100 ms for a start (medians). From the project's folder, after a release build; takes python3:
#   sh tests/bench/bounds.sh [BUILD] [REQUESTS]
set -eu
build=$(cd "${1:-build}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$(dirname "$0")/bounds.py" "$build" "$work" "${2:-100000}"
