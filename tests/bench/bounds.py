"""The figures of bounds.sh: bounds.py BUILD FOLDER REQUESTS."""

import json
import os
import shutil
import socket
import statistics
import sys
import time

import figures
from control_socket import Connection
from daemon import MB, Daemon, Upstream

MOST_MEMORY = 64.0  # MB over an idle daemon
MOST_STATUS = 5.0  # ms
MOST_START = 100.0  # ms

build, folder, requests = sys.argv[1], sys.argv[2], int(sys.argv[3])
failures = []
part = ""  # what the daemon is asked for just now


def begin(what):
    global part
    part = what


def figure(name, value, unit, most=None):
    name = f"{part}: {name}"
    figures.figure(name, value, unit, target="" if most is None else f"<= {most}")
    if most is not None and value > most:
        failures.append(f"{name}: {value:.1f} {unit}, more than {most} {unit}")


def upstream(directory=f"{build}/demo/season", *faults):
    return Upstream(build, folder, directory, *faults)


def daemon_of(hosts):
    return Daemon(build, folder, hosts.hosts(timeout="30m", min_interval="0s"))


def never_read(daemon, target, count):
    """Clients that ask, and read nothing of the answer."""
    clients = []
    for _ in range(count):
        client = socket.socket(socket.AF_UNIX)
        client.connect(daemon.socket)
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        clients.append(client)
    return clients


def starts(hosts):
    times = []
    for _ in range(9):
        with daemon_of(hosts) as daemon:
            times.append((daemon.start, daemon.start_cpu))
    begin("nine starts")
    figure("start", statistics.median(each[0] for each in times), "ms", MOST_START)
    figure("of that on a processor", statistics.median(each[1] for each in times), "ms")


def waiting(daemon):
    """Requests that wait for a sync that hangs, and are cancelled; clients that never read look on."""
    begin(f"{requests} requests that wait and are cancelled, while 32 clients never read")
    idle = daemon.forget_peak()
    connection = Connection(daemon.socket)
    status, body = connection.ask("POST", "/api/admin/sync", {"sync_type": "teams", "async": True})
    assert status == 202, body
    held = json.loads(body)["run_id"]
    idlers = never_read(daemon, "/api/v1/events", 16)
    idlers += never_read(daemon, f"/api/v1/runs/{held}?wait=1h", 16)
    times = []
    for _ in range(0, requests, 100):
        runs = []
        for i in range(100):  # identical ones that wait would be one
            season = 1946 + i % 70
            wish = {"sync_type": ("schedule", "game_logs")[i // 70], "if_busy": "queue", "async": True,
                    "season": f"{season}-{(season + 1) % 100:02}", "timeout": "1h"}
            status, body = connection.ask("POST", "/api/admin/sync", wish)
            assert status == 202, body
            runs.append(json.loads(body)["run_id"])
        asked = time.monotonic()
        assert connection.ask("GET", "/api/v1/status")[0] == 200
        times.append(1000 * (time.monotonic() - asked))
        for run in runs:
            status, body = connection.ask("DELETE", f"/api/v1/runs/{run}")
            assert status == 202, body
    times.sort()
    figure("memory over idle, at most", daemon.memory("VmHWM") - idle, "MB", MOST_MEMORY)
    figure("status, median", times[len(times) // 2], "ms", MOST_STATUS)
    figure("status, 99 of 100", times[len(times) * 99 // 100], "ms")
    for each in idlers:
        each.close()


def large_answers(daemon):
    begin("127 clients of a peer that ask for all logs and read nothing")
    idle = daemon.forget_peak()
    idlers = never_read(daemon, "/api/game-logs?limit=5000", 127)
    time.sleep(2)
    connection = Connection(daemon.socket)
    times = []
    for _ in range(100):
        asked = time.monotonic()
        assert connection.ask("GET", "/api/v1/status")[0] == 200
        times.append(1000 * (time.monotonic() - asked))
    figure("memory over idle, at most", daemon.memory("VmHWM") - idle, "MB", MOST_MEMORY)
    figure("status, median", statistics.median(times), "ms", MOST_STATUS)
    for each in idlers:
        each.close()
    time.sleep(1)
    figure("memory over idle, when they have gone", daemon.memory() - idle, "MB", MOST_MEMORY)


def write(directory, name, text):
    with open(os.path.join(directory, name), "w") as file:
        file.write(text)


def large_texts():
    """Of upstream: names of 20 MB, then two answers of 30 MB in one sync."""
    directory = os.path.join(folder, "large")
    shutil.copytree(f"{build}/demo/season", directory)
    name = "\\u001b[2J" * (20 * MB // 9)
    write(directory, "todaysScoreboard_00.json",
          '{"scoreboard":{"gameDate":"2026-01-15","games":[{"gameId":"%s","gameStatus":1}]}}' % name)
    filler = ',"more":["' + '","'.join(["x" * 100] * (30 * MB // 103)) + '"]'
    for file in ("commonteamyears.json", "leaguestandingsv3_2025-26.json"):
        with open(os.path.join(directory, file)) as answer:
            text = answer.read().rstrip()
        write(directory, file, text[:-1] + filler + "}")
    with upstream(directory) as hosts, daemon_of(hosts) as daemon:
        for what, kind in (("a name of 20 MB", "todays_games"), ("two answers of 30 MB", "teams")):
            begin(what)
            idle = daemon.forget_peak()
            _, body = daemon.connection.ask("POST", "/api/admin/sync", {"sync_type": kind})
            print(f"{what}: {json.loads(body).get('detail', 'synced')[:100]}")
            figure("memory over idle, at most", daemon.memory("VmHWM") - idle, "MB", MOST_MEMORY)
            figure("memory over idle, afterwards", daemon.memory() - idle, "MB")


def main():
    with upstream() as hosts, daemon_of(hosts) as daemon:
        assert daemon.connection.ask("POST", "/api/admin/sync", {"sync_type": "full", "timeout": 300})[0] == 200
    with upstream(f"{build}/demo/season", "commonteamyears=hang") as hosts:
        starts(hosts)
        with daemon_of(hosts) as daemon:
            waiting(daemon)
        with daemon_of(hosts) as daemon:
            large_answers(daemon)
    large_texts()
    sys.exit("\n".join(failures) or None)


main()
