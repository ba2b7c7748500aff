"""A backfill of ten seasons: backfill.py BUILD [SEASONS].

Without a network and without spacing, beside the same seasons by Python's json and sqlite3, which only writes them.
"""

import glob
import os
import sys
import tempfile
import time

import peers
import seasons
from daemon import Daemon, files
from figures import figure, timed

build = os.path.abspath(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10
LAST = seasons.DEMO


def main():
    with tempfile.TemporaryDirectory() as folder:
        years = range(LAST - count, LAST)
        for year in (*years, LAST):
            seasons.write(f"{build}/demo/season", f"{folder}/answers", year)
        with Daemon(build, folder, {**files(f"{folder}/answers"), "min_interval": "0s"}) as daemon:
            daemon.sync("full", force=True)
            idle = daemon.forget_peak()
            before = daemon.cpu()
            begin = time.monotonic()
            daemon.ask("POST", "/api/v1/backfill", {"from": seasons.name_of(years[0]), "to": seasons.name_of(years[-1])})
            while (state := daemon.ask("GET", "/api/v1/backfill")["backfill"])["open"]:
                if why := [each["why"] for each in state["seasons"] if each["retry"]]:
                    sys.exit(why[0])
                time.sleep(0.05)
            took, cpu = time.monotonic() - begin, daemon.cpu() - before
            if state["failed"]:
                sys.exit(f"not all seasons: {state}")
            answers = [each for year in years for each in glob.glob(f"{folder}/answers/*{seasons.name_of(year)}*")]
            theirs = timed(peers.sync, f"{folder}/python.db", answers) / 1000
            indexed = timed(peers.sync, f"{folder}/indexed.db", answers, True) / 1000
            figure(f"backfill of {count} seasons", took, "s", "Python's json and sqlite3, only writing", theirs, "ratio <= 1")
            figure(f"backfill of {count} seasons", took, "s", "the same, with the indexes that ours has", indexed)
            figure(f"backfill of {count} seasons: own CPU", cpu / 1000, "s")
            figure(f"backfill of {count} seasons: memory over idle, at most", daemon.memory("VmHWM") - idle, "MB",
                   target="<= 64")


main()
