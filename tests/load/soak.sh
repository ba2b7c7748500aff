#!/bin/sh
# A daemon's long life: so many syncs, one after the other, by a client of its socket, with a short history; one in EACH
# (100) is full. Prints its memory and descriptors at 1,000, 10,000, 30,000 and at the end; fails when they grow after
# 10,000. From the project's folder, after a release build; takes python3:
#   sh tests/load/soak.sh [BUILD] [SYNCS [EACH]]
set -eu
build=$(cd "${1:-build}" && pwd)
syncs=${2:-100000}
here=$(dirname "$0")
work=$(mktemp -d)
daemon=
trap 'kill $daemon 2>/dev/null || true; rm -rf "$work"' EXIT
cat >"$work/nbasyncd.yaml" <<END
season: 2025-26
database: {path: $work/nba_data.db}
upstream: {stats_url: "file:$build/demo/season", cdn_url: "file:$build/demo/season"}
control: {socket: $work/nbasync.sock}
sync: {history: 1h, on_start: never}
dbus: {bus: none}
log: {level: warning}
END
"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" &
daemon=$!
while ! [ -S "$work/nbasync.sock" ]; do sleep 0.01; done
python3 "$here/soak.py" "$work/nbasync.sock" "$daemon" "$syncs" "${3:-100}"
