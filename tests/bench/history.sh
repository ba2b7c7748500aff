#!/bin/sh
# A long history beside an empty one: how long the daemon takes to be ready, a status and lists of runs take, and
# how much memory it has. From the project's folder, after a release build:
#   sh tests/bench/history.sh [BUILD] [RUNS]
# Needs sqlite3.
set -eu
build=$(cd "${1:-build}" && pwd)
runs=${2:-1000000}
work=$(mktemp -d)
daemon=
trap 'kill $daemon 2>/dev/null || true; rm -rf "$work"' EXIT
cat >"$work/nbasyncd.yaml" <<END
season: 2025-26
database: {path: $work/nba_data.db}
upstream: {stats_url: "file:$build/demo/season", cdn_url: "file:$build/demo/season"}
control: {socket: $work/nbasync.sock}
dbus: {bus: none}
sync: {on_start: never}
END
export NBASYNC_SOCKET="$work/nbasync.sock"
ctl=$build/ctl/nbasyncctl

now() { date +%s%N; }

# Milliseconds of a command, median of 15.
median() {
  for _ in $(seq 15); do
    begin=$(now)
    "$@" >/dev/null
    echo $((($(now) - begin) / 10000))
  done | sort -n | sed -n 8p | sed 's/..$/.&/'
}

start() {
  begin=$(now)
  "$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" 2>"$work/log" &
  daemon=$!
  while ! [ -S "$NBASYNC_SOCKET" ]; do sleep 0.002; done
  echo "  start      $((($(now) - begin) / 1000000)) ms"
}

stop() {
  kill "$daemon"
  wait "$daemon" || true
}

figures() {
  echo "$1"
  start
  echo "  status     $(median "$ctl" status) ms"
  echo "  runs       $(median "$ctl" runs) ms"
  echo "  runs full  $(median "$ctl" runs --type full) ms"
  echo "  a sync     $(median "$ctl" sync teams -q) ms"
  echo "  memory     $(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$daemon/status") MB at most"
  stop
}

"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" --once full >/dev/null 2>&1
figures "a short history"
sqlite3 "$work/nba_data.db" "
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $runs)
  INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at,
                             duration_seconds, records_synced, error_message)
  SELECT printf('%08x-0000-4000-8000-000000000000', i), iif(i % 100, 'todays_games', 'full'), '2025-26',
         iif(i % 7, 'success', 'failed'), 'schedule:live', t, t, t, 0.1, 12, iif(i % 7, NULL, hex(randomblob(60)))
  FROM (SELECT i, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (i - $runs) || ' seconds') AS t FROM n)"
figures "$runs runs more ($(($(stat -c %s "$work/nba_data.db") >> 20)) MB)"
