#!/bin/sh
# PostgreSQL beside SQLite: what a sync of a season takes when all is new, when nothing has changed and when 1 % has; what
# is written to the write-ahead log when nothing has changed; what a request and a read take. Starts a PostgreSQL of its
# own, with its usual settings. From the project's folder, after a release build; takes python3 and postgresql:
#   sh tests/bench/engines.sh [BUILD] [ROUNDS]
set -eu
build=$(cd "${1:-build}" && pwd)
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
python3 "$(dirname "$0")/engines.py" "$build" "$work" "${2:-10}"
