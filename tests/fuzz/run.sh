#!/usr/bin/env bash
# Builds the fuzz targets and runs each for SECONDS (60 if not said), as many at a time as there are processors, or as
# NBASYNC_FUZZ_JOBS says (0: all); fails on a finding. Prints a line a target. From the project's folder; takes clang and
# libclang-rt-14-dev, on Debian 13 libclang-rt-dev:
#   tests/fuzz/run.sh [SECONDS [TARGET...]]
# What the targets have learnt stays in build-asan/corpus, and is where the next run goes on.
set -euo pipefail
cd "$(dirname "$0")/../.."
export seconds=${1:-60}
shift $(($# > 0 ? 1 : 0))
export build=$PWD/build-asan

mkdir -p "$build"
{ cmake --preset asan && cmake --build --preset asan --target fuzz; } >"$build/fuzz.log" 2>&1 || {
  cat "$build/fuzz.log"
  exit 1
}

# The configuration's target writes files at each run.
TMPDIR=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

one() {
  local target=$1 corpus=$build/corpus/$1 log=$build/$1.log
  mkdir -p "$corpus"
  local seeds=tests/fuzz/seeds/$target
  if ! [ -d "$seeds" ]; then seeds=$build/$seeds; fi
  if ! "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
    -artifact_prefix="$build/finding-$target-" "$corpus" "$seeds" >"$log" 2>&1; then
    grep -v '^#' "$log" | tail -n 60
    echo "$target: a finding; $build/finding-$target-… is the input"
    return 1
  fi
  printf '%-20s %10d runs in %d s, %d edges covered\n' "$target" \
    "$(awk '/number_of_executed_units/ { print $2 }' "$log")" "$seconds" \
    "$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -d ' ' -f 2)"
}
export -f one

if [ $# -eq 0 ]; then
  for program in "$build"/tests/fuzz/fuzz_*; do set -- "$@" "${program##*/fuzz_}"; done
fi
printf '%s\n' "$@" | xargs -P "${NBASYNC_FUZZ_JOBS:-$(nproc)}" -I '{}' bash -c 'set -euo pipefail; one {}'
