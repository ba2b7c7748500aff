"""What answers take: doors.py BUILD [SECONDS]. Takes nginx and dbus-daemon; without one of them its figures are left out.

Status and data over the socket, by 1 and 8 clients, as many as one peer may have, and 1,000, each of which waits for an answer before it asks again; beside
nginx, which has the same bytes as a file, and a program that only sends them (answer_server). All, with the clients, on
one core, so that none waits for another core to wake up. Then the status over D-Bus.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from daemon import Daemon, files
from figures import figure

build = os.path.abspath(sys.argv[1])
seconds = sys.argv[2] if len(sys.argv) > 2 else "3"
CORE = ("taskset", "-c", str(max(os.sched_getaffinity(0))))
MOST_OF_A_PEER = 128
TARGETS = {"/healthz": ("healthz", "<= 25"), "/api/v1/status": ("status", "<= 25"), "/api/teams": ("teams", "<= 40"),
           "/api/games?date=2025-12-01": ("games of a day", "<= 40")}


def load(path, clients, target, duration=seconds):
    """p50 and p99 in µs, answers a second, errors."""
    done = subprocess.run([*CORE, f"{build}/tests/nbasync-load", path, str(clients), str(duration), target], check=False,
                          capture_output=True, text=True)
    _, answers, errors, p50, p99 = done.stdout.split()
    return float(p50), float(p99), float(answers) / float(duration), int(errors)


class Nginx:
    def __init__(self, folder):
        self.socket = f"{folder}/nginx.sock"
        text = f"""daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
events {{ worker_connections 2048; }}
http {{ access_log off; keepalive_requests 1000000000; open_file_cache max=10; sendfile on; tcp_nopush on;
server {{ listen unix:{self.socket}; root {folder}/files; default_type application/json; }} }}"""
        with open(f"{folder}/nginx.conf", "w") as file:
            file.write(text)
        os.chmod(folder, 0o755)
        self.process = subprocess.Popen([*CORE, "nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not os.path.exists(self.socket):
            time.sleep(0.01)

    def end(self):
        self.process.terminate()
        self.process.wait()


def raw(folder, body):
    path = f"{folder}/raw.sock"
    if os.path.exists(path):
        os.remove(path)
    server = subprocess.Popen([*CORE, f"{build}/tests/bench/answer_server", path, body])
    while not os.path.exists(path):
        time.sleep(0.01)
    return server, path


def sockets(folder, daemon):
    """The same bytes of all three, in turn."""
    os.mkdir(f"{folder}/files")
    nginx = Nginx(folder) if shutil.which("nginx") else None
    try:
        compare(folder, daemon, nginx)
    finally:
        if nginx:
            nginx.end()


def compare(folder, daemon, nginx):
    for target, (name, aim) in TARGETS.items():
        body = daemon.connection.ask("GET", target)[1]
        with open(f"{folder}/files/body", "wb") as file:
            file.write(body)
        server, plain = raw(folder, f"{folder}/files/body")
        for clients in (1, 8, MOST_OF_A_PEER, 1000):
            if clients > 8 and name != "status":
                continue
            who = "1 client" if clients == 1 else f"{clients:,} clients"
            ours = load(daemon.socket, clients, target)
            what = f"{name}, {len(body):,} bytes, {who}"
            if clients > 8:
                of_all = "ratio >= 0.3" if clients == 1000 else ""
                if nginx:
                    figure(f"{name}, {who}: answers a second", ours[2], "", "nginx, a file",
                           load(nginx.socket, clients, "/body")[2])
                figure(f"{name}, {who}: answers a second", ours[2], "", "sending alone", load(plain, clients, target)[2],
                       of_all)
                figure(f"{name}, {who}: connections cut, of {MOST_OF_A_PEER} that one peer may have", ours[3], "")
                continue
            alone = load(plain, clients, target)
            if clients == 8 and name == "status":
                figure(f"{what}: answers a second", ours[2], "", "sending alone", alone[2], ">= 45000")
            if nginx:
                figure(f"{what}, p50", ours[0], "µs", "nginx, a file", load(nginx.socket, clients, "/body")[0],
                       aim if clients == 1 else "")
            figure(f"{what}, p50", ours[0], "µs", "sending alone", alone[0])
        server.kill()
        server.wait()


def bus(daemon, calls=2000):
    """What the daemon's CPU needs, and what a caller waits for."""
    def ask(member):
        before = daemon.cpu()
        done = subprocess.run([f"{build}/tests/bench/bus_bench", str(calls), member], capture_output=True, text=True,
                              check=True)
        return float(done.stdout), 1000 * (daemon.cpu() - before) / calls
    status, ping, of_bus = ask("Status"), ask("Ping"), ask("GetId")
    written = subprocess.run([f"{build}/tests/bench/message_bench", str(calls)], capture_output=True, text=True, check=True)
    figure("Status over D-Bus, CPU of the daemon", status[1], "µs", "Ping", ping[1], "<= 95")
    figure("Status over D-Bus, CPU of the daemon", status[1], "µs", "sd-bus alone, writing the same values",
           float(written.stdout))
    figure("Status over D-Bus, p50 of a caller", status[0], "µs", "the bus itself", of_bus[0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        dbus = {}
        server = None
        if shutil.which("dbus-daemon"):
            os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={folder}/bus"
            server = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--nopidfile",
                                       f"--address=unix:path={folder}/bus"])
            while not os.path.exists(f"{folder}/bus"):
                time.sleep(0.01)
            dbus = {"dbus": {"bus": "session"}}
        try:
            with Daemon(build, folder, files(f"{build}/demo/2026-04-12"), under=CORE, **dbus) as daemon:
                daemon.sync("full", force=True)
                for _ in range(20):
                    daemon.sync("teams")  # a status is full when it has 20 recent runs
                sockets(folder, daemon)
                if server:
                    bus(daemon)
        finally:
            if server:
                server.terminate()
                server.wait()


main()
