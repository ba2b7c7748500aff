#!/bin/sh
# Builds nbasync, runs a full sync of the bundled demo season into a fresh database, and shows the result.
# Offline: upstream is replayed from files. Run it from the project's folder: sh config/demo.sh
set -eu
cd "$(dirname "$0")/.."
targets="nbasyncd demo_season"
. config/build.sh

database=build/demo/nba_data.db
rm -f "$database" "$database-wal" "$database-shm"

echo
echo "\$ nbasyncd --config config/demo.yaml --once full"
build/daemon/nbasyncd --config config/demo.yaml --once full

echo
echo "\$ sqlite3 $database < config/demo.sql"
sqlite3 -readonly "$database" <config/demo.sql
