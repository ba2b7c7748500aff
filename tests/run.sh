#!/bin/sh
# Builds nbasync and runs all its tests. Run it from the project's folder: sh tests/run.sh
set -eu
cd "$(dirname "$0")/.."
targets=
. config/build.sh
exec ctest --test-dir build --output-on-failure -j "$(nproc)"
