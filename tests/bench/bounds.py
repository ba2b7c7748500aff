"""The figures of bounds.sh: bounds.py BUILD FOLDER REQUESTS."""

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

from control_socket import Connection

MB = 1 << 20
MOST_MEMORY = 64.0  # MB over an idle daemon
MOST_STATUS = 5.0  # ms
MOST_START = 100.0  # ms

build, folder, requests = sys.argv[1], sys.argv[2], int(sys.argv[3])
failures = []


def figure(name, value, unit, most=None):
    print(f"  {name:44} {value:8.1f} {unit}", flush=True)
    if most is not None and value > most:
        failures.append(f"{name}: {value:.1f} {unit}, more than {most} {unit}")


class Upstream:
    def __init__(self, directory, *faults):
        file = os.path.join(folder, "port")
        if os.path.exists(file):
            os.remove(file)
        self.process = subprocess.Popen(
            [f"{build}/tests/nbasync-upstream", "--dir", directory, "--port-file", file] +
            [word for fault in faults for word in ("--fault", fault)], stdout=subprocess.DEVNULL)
        while not os.path.exists(file) or not open(file).read().endswith("\n"):
            time.sleep(0.01)
        self.address = f"http://127.0.0.1:{open(file).read().strip()}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Daemon:
    def __init__(self, upstream):
        self.socket = os.path.join(folder, "nbasync.sock")
        config = os.path.join(folder, "nbasyncd.yaml")
        with open(config, "w") as file:
            file.write(f"""season: 2025-26
database: {{path: {folder}/nba_data.db}}
upstream: {{stats_url: "{upstream}/stats", cdn_url: "{upstream}/cdn", timeout: 30m, min_interval: 0s}}
control: {{socket: {self.socket}}}
dbus: {{bus: none}}
sync: {{on_start: never}}
log: {{level: error}}
""")
        begin = time.monotonic()
        self.process = subprocess.Popen([f"{build}/daemon/nbasyncd", "--config", config],
                                        stdout=subprocess.DEVNULL, stderr=open(f"{folder}/log", "a"))
        while True:
            try:
                self.ask("GET", "/readyz")
                break
            except OSError:
                time.sleep(0.001)
        self.start = 1000 * (time.monotonic() - begin)
        self.start_cpu = self.cpu()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def ask(self, *what):
        return Connection(self.socket).ask(*what)

    def cpu(self):
        """ms, of the loop's thread, which does the start"""
        with open(f"/proc/{self.process.pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e6

    def memory(self, line="VmRSS"):
        """MB"""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(each.split()[1]) / 1024 for each in status if each.startswith(line))

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")
        return self.memory()

    def never_read(self, target, count):
        """Clients that ask, and read nothing of the answer."""
        clients = []
        for _ in range(count):
            client = socket.socket(socket.AF_UNIX)
            client.connect(self.socket)
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            clients.append(client)
        return clients


def starts(upstream):
    times = []
    for _ in range(9):
        with Daemon(upstream) as daemon:
            times.append((daemon.start, daemon.start_cpu))
    figure("start", statistics.median(each[0] for each in times), "ms", MOST_START)
    figure("of that on a processor", statistics.median(each[1] for each in times), "ms")


def waiting(daemon):
    """Requests that wait for a sync that hangs, and are cancelled; clients that never read look on."""
    idle = daemon.forget_peak()
    figure("idle", idle, "MB")
    connection = Connection(daemon.socket)
    status, body = connection.ask("POST", "/api/admin/sync", {"sync_type": "teams", "async": True})
    assert status == 202, body
    held = json.loads(body)["run_id"]
    idlers = daemon.never_read("/api/v1/events", 16)
    idlers += daemon.never_read(f"/api/v1/runs/{held}?wait=1h", 16)
    times = []
    for begin in range(0, requests, 100):
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
    print(f"{requests} requests that waited and were cancelled, while 32 clients never read")
    figure("memory over idle, at most", daemon.memory("VmHWM") - idle, "MB", MOST_MEMORY)
    figure("status, median", times[len(times) // 2], "ms", MOST_STATUS)
    figure("status, 99 of 100", times[len(times) * 99 // 100], "ms")
    for each in idlers:
        each.close()


def large_answers(daemon):
    idle = daemon.forget_peak()
    idlers = daemon.never_read("/api/game-logs?limit=5000", 127)
    time.sleep(2)
    connection = Connection(daemon.socket)
    times = []
    for _ in range(100):
        asked = time.monotonic()
        assert connection.ask("GET", "/api/v1/status")[0] == 200
        times.append(1000 * (time.monotonic() - asked))
    print("127 clients, all of a peer but one, that ask for all logs of the season and read nothing")
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
    with Upstream(directory) as upstream, Daemon(upstream.address) as daemon:
        for what, kind in (("a name of 20 MB", "todays_games"), ("two answers of 30 MB", "teams")):
            idle = daemon.forget_peak()
            _, body = daemon.ask("POST", "/api/admin/sync", {"sync_type": kind})
            print(f"{what}: {json.loads(body).get('detail', 'synced')[:100]}")
            figure("memory over idle, at most", daemon.memory("VmHWM") - idle, "MB", MOST_MEMORY)
            figure("memory over idle, afterwards", daemon.memory() - idle, "MB")


def main():
    with Upstream(f"{build}/demo/season") as upstream, Daemon(upstream.address) as daemon:
        assert daemon.ask("POST", "/api/admin/sync", {"sync_type": "full", "timeout": 300})[0] == 200
    with Upstream(f"{build}/demo/season", "commonteamyears=hang") as upstream:
        starts(upstream.address)
        with Daemon(upstream.address) as daemon:
            waiting(daemon)
        with Daemon(upstream.address) as daemon:
            large_answers(daemon)
    large_texts()
    sys.exit("\n".join(failures) or None)


main()
