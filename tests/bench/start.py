"""From the start to READY, over a database with the demo season: start.py BUILD [ROUNDS].

Beside it the same program that only tells its version (all libraries are loaded), and a scheduler in Python, where
python3-apscheduler is there.
"""

import os
import subprocess
import sys
import tempfile

from daemon import Daemon, files
from figures import figure, median_of, timed, with_apscheduler

build = os.path.abspath(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 21
SCHEDULER = """
from apscheduler.schedulers.background import BackgroundScheduler
scheduler = BackgroundScheduler()
scheduler.add_job(print, "cron", hour=6)
scheduler.start()
print("ready", open("/proc/self/status").read().split("VmRSS:")[1].split()[0], flush=True)
import os; os._exit(0)
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        def start():
            with Daemon(build, folder, files(f"{build}/demo/2026-04-12")) as daemon:
                started.append(daemon.start_cpu)
                return daemon.start

        def version():
            return timed(lambda: subprocess.run([f"{build}/daemon/nbasyncd", "--version"], check=True,
                                                stdout=subprocess.DEVNULL))

        def scheduler():
            return timed(lambda: subprocess.run([python, "-c", SCHEDULER], check=True, stderr=subprocess.DEVNULL,
                                                stdout=subprocess.DEVNULL))
        started = []
        with Daemon(build, folder, files(f"{build}/demo/2026-04-12")) as daemon:
            daemon.sync("full", force=True)
        ways = [start, version]
        if python := with_apscheduler():
            ways.append(scheduler)
        started.clear()
        times = median_of(rounds, *ways)
        size = os.path.getsize(f"{folder}/nba_data.db") / (1 << 20)
        figure(f"start to READY, {size:.0f} MB of data", times[0], "ms", "its libraries, loaded by `--version`", times[1],
               "<= 20")
        if len(times) > 2:
            figure("start to READY", times[0], "ms", "Python's APScheduler, started", times[2], "ratio <= 0.2")
        figure("start to READY, CPU", sorted(started)[len(started) // 2], "ms")


main()
