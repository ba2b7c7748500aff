#!/bin/sh
# Builds nbasync and runs all its tests; those that need what only the gate has (.ci/run) are skipped and say
# so. Run it from the project's folder: sh tests/run.sh
set -eu
cd "$(dirname "$0")/.."
targets=
. config/build.sh
# Twice as many as processors: most tests wait for something most of their time.
exec ctest --test-dir build --output-on-failure -j $(($(nproc) * 2))
