"""nbasyncd on the demo season, in a folder of its own, for the tests of the Python module.

The environment names what the build made: NBASYNCD, NBASYNC_UPSTREAM, NBASYNC_DEMO_SEASON.
"""

import os
import shutil
import socket
import subprocess
import tempfile


class Daemon:
    """Runs from start() to stop(). Its upstream is the stand-in of the tests, with `faults`; none: the files
    of the folder `season`."""

    def __init__(self, *faults, configuration="", season=None):
        self.folder = tempfile.mkdtemp(prefix="nbasync-python-")
        self.socket = os.path.join(self.folder, "control.sock")
        self.database = os.path.join(self.folder, "nba_data.db")
        self.process = self.upstream = None
        season = season or os.environ["NBASYNC_DEMO_SEASON"]
        stats = cdn = f"file:{season}"
        if faults:
            address = self._start_upstream(season, faults)
            stats, cdn = f"{address}/stats", f"{address}/cdn"
        with open(os.path.join(self.folder, "nbasyncd.yaml"), "w", encoding="utf-8") as file:
            file.write(f"""
season: 2025-26
database: {{path: {self.database}}}
upstream: {{stats_url: "{stats}", cdn_url: "{cdn}", min_interval: 0s, retries: 1}}
sync: {{on_start: never}}
schedules: []
control: {{socket: {self.socket}{configuration}}}
dbus: {{bus: none}}
log: {{level: warning}}
""")

    def start(self):
        """Returns when it is ready, as it tells a service manager; raises if it is not so within a minute."""
        ready = os.path.join(self.folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(ready)
            notify.settimeout(60)
            self.process = subprocess.Popen(
                [os.environ["NBASYNCD"], "--config", os.path.join(self.folder, "nbasyncd.yaml")],
                env={**os.environ, "NOTIFY_SOCKET": ready},
            )
            while "READY=1" not in notify.recv(4096).decode().split("\n"):
                pass
        os.remove(ready)
        return self

    def metrics(self):
        """What it tells Prometheus."""
        asked = ["curl", "--silent", "--fail", "--unix-socket", self.socket, "http://nba/metrics"]
        return subprocess.run(asked, stdout=subprocess.PIPE, check=True, text=True).stdout

    def stop(self):
        """Returns when it has ended."""
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def remove(self):
        """Ends everything, and removes the folder."""
        self.stop()
        if self.upstream:
            self.upstream.terminate()
            self.upstream.wait(60)
        shutil.rmtree(self.folder)

    def _start_upstream(self, season, faults):
        file = os.path.join(self.folder, "port")
        os.mkfifo(file)
        words = [word for fault in faults for word in ("--fault", fault)]
        self.upstream = subprocess.Popen(
            [os.environ["NBASYNC_UPSTREAM"], "--dir", season, "--port-file", file, *words], stdout=subprocess.DEVNULL
        )
        with open(file, encoding="utf-8") as port:
            return f"http://127.0.0.1:{port.read().strip()}"
