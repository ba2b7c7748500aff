"""A daemon of a benchmark's own, and an upstream for it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

from control_socket import Connection

MB = 1 << 20


class Upstream:
    """The HTTP stand-in, over the files of a folder."""

    def __init__(self, build, folder, directory, *faults):
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

    def hosts(self, **more):
        """Its keys of the configuration."""
        return {"stats_url": f"{self.address}/stats", "cdn_url": f"{self.address}/cdn", **more}


def files(directory):
    """An upstream without network."""
    return {"stats_url": f"file:{directory}", "cdn_url": f"file:{directory}"}


def configuration(folder, upstream, name="nbasync", **more):
    """JSON is YAML."""
    return {"season": "2025-26", "database": {"path": f"{folder}/nba_data.db"}, "upstream": upstream,
            "control": {"socket": f"{folder}/{name}.sock"}, "dbus": {"bus": "none"}, "sync": {"on_start": "never"},
            "log": {"level": "error"}, **more}


class Daemon:
    """Until READY. `under`: a program and its arguments that starts it."""

    def __init__(self, build, folder, upstream, name="nbasync", under=(), **more):
        self.socket = f"{folder}/{name}.sock"
        config = f"{folder}/{name}.yaml"
        with open(config, "w") as file:
            json.dump(configuration(folder, upstream, name, **more), file)
        self.folder = folder
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            place = f"{folder}/{name}.notify"
            if os.path.exists(place):
                os.remove(place)
            manager.bind(place)
            manager.settimeout(120)
            begin = time.monotonic()
            self.process = subprocess.Popen([*under, f"{build}/daemon/nbasyncd", "--config", config],
                                            stdout=subprocess.DEVNULL, stderr=open(f"{folder}/{name}.log", "a"),
                                            env={**os.environ, "NOTIFY_SOCKET": place})
            while b"READY=1" not in manager.recv(4096):
                if self.process.poll() is not None:
                    sys.exit(f"{config}: the daemon has ended at its start")
            self.start = 1000 * (time.monotonic() - begin)
        self.start_cpu = self.cpu()
        self.connection = Connection(self.socket)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def ask(self, method, target, body=None):
        """The answer as JSON; ends the benchmark if it is an error."""
        status, text = self.connection.ask(method, target, body)
        if status not in (200, 202):
            sys.exit(f"{target}: {status} {text.decode()}")
        return json.loads(text)

    def sync(self, kind, **wish):
        """The run, when it has ended."""
        run = self.ask("POST", "/api/admin/sync", {"sync_type": kind, "if_busy": "queue", "timeout": "10m", **wish})
        if run["status"] != "success":
            sys.exit(f"{kind}: {run}")
        return run

    def cpu(self):
        """Milliseconds on a processor, of all its threads that live."""
        threads = f"/proc/{self.process.pid}/task"
        total = 0
        for thread in os.listdir(threads):
            with open(f"{threads}/{thread}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e6

    def memory(self, line="VmRSS"):
        """MB"""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(each.split()[1]) / 1024 for each in status if each.startswith(line))

    def program(self):
        """MB of the program's own file that are in memory."""
        total, own = 0, False
        with open(f"/proc/{self.process.pid}/smaps") as maps:
            for line in maps:
                if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
                    own = line.rstrip().endswith("/nbasyncd")
                elif own and line.startswith("Rss:"):
                    total += int(line.split()[1])
        return total / 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")
        return self.memory()
