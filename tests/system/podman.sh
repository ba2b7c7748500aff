# Sourced by scripts: what the tests of the container and of its Quadlet unit have in common.

# Of podman build: on the base that was imported, and where a machine lets little be done.
build_options="--layers=false --isolation chroot --network host --build-arg BASE=localhost/base"

# The configuration that has the demo season, seen as /season, in the place of the NBA.
season_settings() {
  printf '%s\n' 'season: 2025-26' 'upstream: {stats_url: "file:/season", cdn_url: "file:/season"}' 'schedules: []'
}

# Waits until the daemon at this address has done its first sync: readyz says 503 before it has data.
await_first_sync() {
  timeout 60 sh -c "until curl -s -f -o /dev/null $1/readyz && curl -s '$1/api/v1/runs?type=full' |
    grep -q '\"status\": *\"success\"'; do sleep 0.1; done"
}

# Prints a containers.conf with which podman works on most machines. Limits that any machine
# lets be set, where podman's own are higher than some do; no keyring, which a machine in a machine may not make; and runc, because
# crun refuses a machine with control groups of both versions.
podman_settings() {
  cat <<END
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
keyring = false
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
$(if [ -e /sys/fs/cgroup/unified ]; then echo 'runtime = "runc"'; fi)
END
}
