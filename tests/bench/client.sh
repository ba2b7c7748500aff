#!/bin/sh
# Whole invocations of nbasyncctl beside busctl and systemctl: medians of one run, and their ratios.
# From the project's folder, after a release build with the benchmarks:
#   sh tests/bench/client.sh [BUILD] [ROUNDS]
set -eu
build=$(cd "${1:-build/bench}" && pwd)
rounds=${2:-300}
work=$(mktemp -d)
daemon= bus=
trap 'kill $daemon $bus 2>/dev/null || true; rm -rf "$work"' EXIT

# One bus of its own is both the session's and the system's.
export DBUS_SESSION_BUS_ADDRESS="unix:path=$work/bus" DBUS_SYSTEM_BUS_ADDRESS="unix:path=$work/bus"
export NBASYNC_SOCKET="$work/nbasync.sock"
dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" &
bus=$!
cat >"$work/nbasyncd.yaml" <<END
season: 2025-26
database: {path: $work/nba_data.db}
upstream: {stats_url: "file:$build/demo/season", cdn_url: "file:$build/demo/season"}
control: {socket: $NBASYNC_SOCKET}
dbus: {bus: session}
sync: {on_start: never}
schedules:
  - {name: nightly, sync: full, cron: "0 6 * * *", timezone: America/New_York}
  - {name: live, sync: todays_games, live: {every: 30s}}
END
while ! [ -S "$work/bus" ]; do sleep 0.1; done
: >"$work/log"
"$build/daemon/nbasyncd" --config "$work/nbasyncd.yaml" 2>"$work/log" &
daemon=$!
while ! grep -q 'bus connected' "$work/log"; do sleep 0.1; done
ctl=$build/ctl/nbasyncctl
"$ctl" sync full -q
for _ in $(seq 20); do "$ctl" sync teams -q; done # a status is full when it has 20 recent runs

name="org.nbasync.Sync1 /org/nbasync/Sync1"
if [ -d /run/systemd/system ]; then
  systemctl="systemctl show dbus.service"
else
  echo "no systemd runs here: systemctl tells its version only, and asks nobody"
  systemctl="systemctl --version"
fi
"$build/tests/bench/spawn_bench" "$rounds" \
  "$ctl status" \
  "$ctl --version" \
  "$ctl --system status" \
  "busctl --system call $name org.nbasync.Sync1.Manager Status" \
  "busctl --system introspect $name" \
  "$systemctl" \
  "true" | tee "$work/times"

time_of() { awk -v line="$2" -v column="$1" '{time = $column; $1 = $2 = $3 = ""; if ($0 == "   " line) print time}' "$work/times"; }
figure() { python3 "$(dirname "$0")/figures.py" "$@"; }
for peer in "busctl --system call $name org.nbasync.Sync1.Manager Status" "$systemctl" "true"; do
  short=$(echo "$peer" | sed 's/ org.nbasync.*Manager//; s/--system //')
  target="ratio <= 1"
  [ "$peer" != true ] || target=
  figure "nbasyncctl status, whole" "$(time_of 1 "$ctl status")" ms "$short" "$(time_of 1 "$peer")" "$target"
done
figure "nbasyncctl status, whole, at its best" "$(time_of 2 "$ctl status")" ms "true" "$(time_of 2 true)" "<= 1.5"
figure "nbasyncctl status, whole, at its best" "$(time_of 2 "$ctl status")" ms "nbasyncctl --version, which asks nobody" \
  "$(time_of 2 "$ctl --version")"
figure "nbasyncctl --system status, by bus" "$(time_of 1 "$ctl --system status")" ms \
  "busctl call Status" "$(time_of 1 "busctl --system call $name org.nbasync.Sync1.Manager Status")" "ratio <= 1"
