#!/bin/sh
# All benchmarks, and one Markdown table of their figures, each beside its peer or its limit measured in the same run.
# From the project's folder, on Debian 12 or 13:
#   sh tests/bench/run.sh [--short] [BENCHMARK...]
# Builds into build/bench/; what each says is in build/bench/figures/, the table in build/bench/table.md. Takes the
# packages that building takes and libbenchmark-dev, python3, sqlite3; nginx, dbus, postgresql, chromium, chromium-driver,
# python3-apscheduler for the peers and parts that they are, which are left out where they are missing.
set -eu
cd "$(dirname "$0")/../.."
here=tests/bench build=build/bench
# Of each: name, how it is run, and how with --short; empty: not then.
benchmarks="functions|python3 $here/functions.py $build|python3 $here/functions.py $build 0.02
syncs|python3 $here/syncs.py $build 7|python3 $here/syncs.py $build 2
doors|python3 $here/doors.py $build 3|python3 $here/doors.py $build 0.5
start|python3 $here/start.py $build 41|python3 $here/start.py $build 9
client|sh $here/client.sh $build 300|sh $here/client.sh $build 50
idle|sh $here/idle.sh $build 60|sh $here/idle.sh $build 5
lateness|sh $here/lateness.sh $build 60|sh $here/lateness.sh $build 5
reads|sh $here/reads.sh $build 10|
page|sh $here/page.sh $build 7|
engines|sh $here/engines.sh $build 5|
bounds|sh $here/bounds.sh $build 10000|
backfill|python3 $here/backfill.py $build|
growth|python3 $here/growth.py $build|"

field=2
if [ "${1:-}" = --short ]; then
  field=3
  shift
fi
eval "$(DEB_CXXFLAGS_STRIP=-g make -s -f debian/rules flags)"
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="$CXXFLAGS $CPPFLAGS" -DNBASYNC_TESTS=ON \
  -DNBASYNC_BENCH=ON >/dev/null
cmake --build $build --target nbasyncd nbasyncctl demo_season nbasync-upstream nbasync-load bench

mkdir -p $build/figures
status=0 files=
for name in $(echo "$benchmarks" | cut -d '|' -f 1); do
  [ $# = 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
  command=$(echo "$benchmarks" | grep "^$name|" | cut -d '|' -f $field)
  [ -n "$command" ] || continue
  echo "$name ..."
  if $command >$build/figures/$name.txt 2>$build/figures/$name.err; then
    files="$files $build/figures/$name.txt"
  else
    echo "$name has failed: $build/figures/$name.txt, .err" >&2
    tail -n 5 $build/figures/$name.err >&2
    files="$files $build/figures/$name.txt"
    status=1
  fi
done
python3 $here/table.py $files >$build/table.md
cat $build/table.md
exit $status
