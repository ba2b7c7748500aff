"""The daemon's functions beside their peers: functions.py BUILD [SECONDS A BENCHMARK].

core_bench and timer_bench, each pair in one run and mixed; what has its peer in Python is measured beside it here.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

import peers
from figures import figure, timed, with_apscheduler

build = os.path.abspath(sys.argv[1])
least = sys.argv[2] if len(sys.argv) > 2 else "0.2"
season = f"{build}/demo/2026-04-12"
HANDOVERS = 1_000


def results(program, names):
    """The median of each benchmark, in ns."""
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([f"{build}/tests/bench/{program}", f"--benchmark_filter={names}", f"--benchmark_min_time={least}",
                        "--benchmark_repetitions=5", "--benchmark_enable_random_interleaving=true",
                        "--benchmark_report_aggregates_only=true", f"--benchmark_out={file.name}"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = json.load(file)["benchmarks"]
    factors = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    return {each["run_name"].removesuffix("/real_time").removesuffix("/manual_time"):
            each["real_time" if "_time" in each["run_name"] else "cpu_time"] * factors[each["time_unit"]]
            for each in found if each["aggregate_name"] == "median"}


def timers():
    found = results("timer_bench", "hour_by_jumps")
    peer_names = {"LibuvHeap": "libuv's heap", "SortedMap": "std::multimap", "PriorityQueue": "std::priority_queue"}
    for count in (1_000, 10_000, 100_000, 1_000_000):
        ours = found[f"hour_by_jumps/Wheel/{count}"] / count
        for peer, name in peer_names.items():
            figure(f"{count:,} timers, armed, half cancelled, fired", ours, "ns a timer", name,
                   found[f"hour_by_jumps/{peer}/{count}"] / count, "ratio <= 1")


def cron(found):
    ours = found["cron_next/nightly"]
    setup = ("from apscheduler.triggers.cron import CronTrigger; import datetime, zoneinfo;"
             "zone = zoneinfo.ZoneInfo('America/New_York'); trigger = CronTrigger(hour=6, minute=0, timezone=zone);"
             "now = datetime.datetime(2026, 1, 1, tzinfo=zone)")
    peer = ()
    if python := with_apscheduler():
        program = ("import timeit; print(min(timeit.repeat('trigger.get_next_fire_time(now, now)', "
                   f"{setup!r}, number=1000, repeat=3)) * 1e6)")
        theirs = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True).stdout
        peer = ("APScheduler", theirs, "ratio <= 0.1")
    figure("the next time of a cron expression in a zone", ours, "ns", *peer)
    figure("the next 29 February, 02:30", found["cron_next/rare"], "ns")


def decoding(found):
    for name in [each.split("/")[1] for each in found if each.startswith("decode/")]:
        figure(f"decode {name}", found[f"decode/{name}"] / 1e3, "µs", "simdjson's document, each value once",
               found[f"parse/{name}"] / 1e3)
        figure(f"decode {name}", found[f"decode/{name}"] / 1e3, "µs", "the same, and a cell made of each value",
               found[f"cells/{name}"] / 1e3)
    answers = sorted(glob.glob(f"{season}/leaguegamelog_2025-26_P.json"))
    texts = [open(each, encoding="utf-8").read() for each in answers]
    theirs = min(timed(json.loads, text) for text in texts for _ in range(3))
    size = sum(map(len, texts)) / 1e6
    figure("player_game_logs, a cell made of each value, unchecked", size / found["cells/player_game_logs"] * 1e9, "MB/s",
           "Python's json", size / theirs * 1e3)
    figure("decode player_game_logs", size / found["decode/player_game_logs"] * 1e9, "MB/s", "Python's json",
           size / theirs * 1e3, "ratio >= 4")


def writing(found):
    ms = {name: value / 1e6 for name, value in found.items()}
    rows = "a season of players"
    figure(f"compare and write {rows}: all new", ms["apply/first"], "ms", "INSERT OR REPLACE in C",
           ms["insert_or_replace/first"], "ratio <= 1")
    figure(f"compare and write {rows}: 1 % has changed", ms["apply/one_percent"], "ms", "INSERT OR REPLACE in C, of all",
           ms["insert_or_replace/identical"], "ratio <= 1")
    figure(f"compare {rows}: nothing new", ms["apply/identical"], "ms", "sqlite3_step and each cell read",
           ms["read_cells"], "ratio <= 1.25")
    with tempfile.TemporaryDirectory() as folder:
        connection = peers.database(f"{folder}/python.db")
        answer = f"{season}/leaguegamelog_2025-26_P.json"
        first = timed(peers.load, connection, answer)
        again = timed(peers.load, connection, answer)
    figure(f"compare and write {rows}: all new", ms["apply/first"], "ms", "Python's json and sqlite3", first, "ratio <= 1")
    figure(f"compare {rows}: nothing new", ms["apply/identical"], "ms", "Python's json and sqlite3", again, "ratio <= 0.5")
    for case, name, aim in (("first", "all new", "ratio <= 1.1"), ("one_percent", "1 % has changed", "ratio <= 1.1"),
                            ("identical", "nothing new", "ratio <= 1.1")):
        figure(f"the same with the feed of changes and the guards: {name}", ms[f"apply/{case}"], "ms", "without them",
               ms[f"apply/{case}_without_feed"], aim)


def main():
    timers()
    found = results("core_bench", ".")
    cron(found)
    figure("the lock's handover to the next run", found["handover/worker"] / HANDOVERS / 1e3, "µs", "uv_queue_work alone",
           found["handover/uv_queue_work"] / HANDOVERS / 1e3, "<= 25")
    figure("of that the queue", found["handover/queue"] / HANDOVERS / 1e3, "µs")
    decoding(found)
    writing(found)
    figure("JSON of a status with 20 runs", found["status/kept"] / 1e3, "µs", "anew each time", found["status/anew"] / 1e3)
    figure("nlohmann's parser: a status with 10 full runs", found["status/read"] / 1e3, "µs")


main()
