#!/bin/sh
# What readers feel of a writer: one of the file itself, then 8 clients of the control socket, which ask
# for the status and for data, first while the daemon is idle, then while it writes the demo season again
# and again. Prints p50 and p99 of both and their ratios; fails if any answer was an error, or if anybody
# met a locked database.
# From the project's folder, after a build: sh tests/bench/reads.sh [BUILD] [SECONDS]
set -eu
build=$(cd "${1:-build}" && pwd)
seconds=${2:-10}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'kill $daemon $writer 2>/dev/null || true; rm -rf "$work"' EXIT
writer=

cat >"$work/nbasyncd.yaml" <<END
season: 2025-26
database: {path: $work/nba_data.db}
upstream: {stats_url: "file://$build/demo/season", cdn_url: "file://$build/demo/season", min_interval: 0s}
control: {socket: $work/nbasync.sock}
dbus: {bus: none}
sync: {on_start: never}
END
"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" 2>"$work/log" &
daemon=$!
until [ -S "$work/nbasync.sock" ]; do :; done
sync_full() { "$build/ctl/nbasyncctl" --socket "$work/nbasync.sock" -q sync full --force; }
load() {
  "$build/tests/nbasync-load" "$work/nbasync.sock" 8 "$seconds" \
    /api/v1/status "/api/game-logs?limit=50" "/api/games?date=2025-12-01" "/api/team-stats"
}
# The status tells the last twenty: as many before as later.
for _ in $(seq 20); do sync_full; done
read_file() { python3 "$here/file_reads.py" "$work/nba_data.db" "$seconds"; }
read_file >"$work/file_idle"
load >"$work/idle"

# What is gone has to be written anew.
empty() {
  sqlite3 -cmd '.timeout 10000' "$work/nba_data.db" \
    'DELETE FROM team_game_logs; DELETE FROM team_season_stats; DELETE FROM games;'
}
(
  trap 'exit 0' TERM
  while empty && sync_full; do :; done
  echo "the writer failed" >>"$work/log"
) &
writer=$!
read_file >"$work/file_writing"
load >"$work/writing"
kill "$writer"
wait "$writer" || true

syncs=$(grep -c 'sync finished.*status=success' "$work/log")
echo "full syncs meanwhile: $((syncs - 20))"
paste -d ' ' "$work/file_idle" "$work/file_writing" | while read -r n p50 p99 _ p50w p99w; do
  python3 "$here/figures.py" "a player of the file while syncs write, p50" "$p50w" µs "idle, $n reads" "$p50" "ratio <= 1.4"
  python3 "$here/figures.py" "a player of the file while syncs write, p99" "$p99w" µs "idle, $n reads" "$p99" "<= 300"
done
paste -d ' ' "$work/idle" "$work/writing" | while read -r target n e p50 p99 _ n2 e2 p50w p99w; do
  python3 "$here/figures.py" "$target while syncs write, p50" "$p50w" µs "idle, $n answers" "$p50" "ratio <= 1.4"
  python3 "$here/figures.py" "$target while syncs write, p99" "$p99w" µs "idle, $n answers" "$p99"
  [ "$((e + e2))" = 0 ]
done
if grep -i 'locked\|busy\|failed' "$work/log"; then exit 1; fi
echo "no error, no locked database"
