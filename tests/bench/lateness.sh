#!/bin/sh
# How late schedules start: the daemon with `every: 1s` for so many seconds (60) on the HTTP stand-in.
# Prints p50, p99 and the most in microseconds, and fails if a second was missed or fired twice.
# Beside it APScheduler, where python3-apscheduler is there, and a sleep until each second (clock_nanosleep).
# From the project's folder, after a build: sh tests/bench/lateness.sh [BUILD] [SECONDS]
set -eu
build=$(cd "${1:-build}" && pwd)
seconds=${2:-60}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'kill $daemon $upstream 2>/dev/null || true; rm -rf "$work"' EXIT

"$build/tests/nbasync-upstream" --dir "$build/demo/season" --port-file "$work/port" >/dev/null &
upstream=$!
until [ -s "$work/port" ]; do :; done
url=http://127.0.0.1:$(cat "$work/port")
cat >"$work/nbasyncd.yaml" <<END
season: 2025-26
database: {path: $work/nba_data.db}
upstream: {stats_url: $url/stats, cdn_url: $url/cdn, min_interval: 0s}
control: {socket: $work/nbasync.sock}
dbus: {bus: none}
sync: {on_start: never}
schedules: [{name: often, sync: teams, every: 1s}]
END
"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" 2>"$work/log" &
daemon=$!
"$(cd "$here" && python3 -c "from figures import with_apscheduler as w; print(w() or 'python3')")" "$here/lateness_peers.py" "$seconds" >"$work/peers"
kill "$daemon"
wait "$daemon"

grep 'schedule fired' "$work/log" | tail -n "$seconds" >"$work/fired"
sed 's/.*late_us=//' "$work/fired" | sort -n >"$work/late"
starts=$(wc -l <"$work/late")
at() { sed -n "$((($starts * $1 + 99) / 100))p" "$work/late"; }
while read -r peer p50 p99; do
  python3 "$here/figures.py" "lateness of every: 1s, p50 of $starts" "$(at 50)" µs "$peer" "$p50" "ratio <= 2"
  python3 "$here/figures.py" "lateness of every: 1s, p99 of $starts" "$(at 99)" µs "$peer" "$p99"
done <"$work/peers"
sed 's/.*nominal=\([^ ]*\) .*/\1/' "$work/fired" | while read -r nominal; do
  date -d "$nominal" +%s
done | awk 'NR > 1 && $1 != last + 1 {print "missed or doubled at " $1; bad = 1} {last = $1} END {exit bad}'
if grep "schedule skipped\|schedule missed" "$work/log"; then exit 1; fi
echo "none missed, none doubled"
