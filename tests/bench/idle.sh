#!/bin/sh
# What an idle daemon costs: its context switches and CPU time over so many seconds (60), with a
# schedule armed, and its memory. From the project's folder, after a build: sh tests/bench/idle.sh [BUILD] [SECONDS]
set -eu
build=$(cd "${1:-build}" && pwd)
seconds=${2:-60}
work=$(mktemp -d)
trap 'kill $daemon 2>/dev/null || true; rm -rf "$work"' EXIT

cat >"$work/nbasyncd.yaml" <<END
database: {path: $work/nba_data.db}
control: {socket: $work/nbasync.sock}
dbus: {bus: ${NBASYNC_BUS:-none}}
sync: {on_start: never}
schedules: [{name: yearly, sync: full, cron: "@yearly"}]
END
"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" 2>"$work/log" &
daemon=$!
sleep 2 # until it has settled
switches() { awk '/ctxt_switches/ {sum += $2} END {print sum}' /proc/$daemon/task/*/status; }
ticks() { awk '{print $14 + $15}' /proc/$daemon/stat; }
before=$(switches) ticks_before=$(ticks)
sleep "$seconds"
figure() { python3 "$(dirname "$0")/figures.py" "$@"; }
figure "context switches in $seconds idle seconds" $(($(switches) - before)) "" "" "" "<= 0"
figure "CPU in $seconds idle seconds" $((10 * ($(ticks) - ticks_before))) ms "" "" "<= 0"
grep -E 'VmRSS|RssAnon|Threads' /proc/$daemon/status
