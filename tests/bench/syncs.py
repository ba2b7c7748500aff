"""Whole syncs: syncs.py BUILD [ROUNDS]. Takes sqlite3.

A full sync of the demo season with its players, over files, and over HTTP with the usual spacing; a season of players
alone; 100 small syncs that wait for each other; memory.
"""

import glob
import itertools
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import peers
from daemon import Daemon, Upstream, files
from figures import figure, median_of, timed

build = os.path.abspath(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
season = f"{build}/demo/2026-04-12"
DATA = ("player_game_logs", "team_game_logs", "games", "players", "player_season_stats", "team_season_stats",
        "standings", "nba_teams", "nbasync_changes")
number = itertools.count()


def write(daemon, sql):
    connection = sqlite3.connect(f"{daemon.folder}/nba_data.db", timeout=60)
    with connection:
        connection.executescript(sql)
    connection.close()


def without(daemon, *tables):
    known = {row[0] for row in sqlite3.connect(f"{daemon.folder}/nba_data.db").execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    write(daemon, "".join(f"DELETE FROM {each};" for each in tables if each in known))


def milliseconds(daemon, kind, **wish):
    return 1000 * daemon.sync(kind, **wish)["duration_seconds"]


def full(folder):
    with Daemon(build, folder, files(season)) as daemon:
        idle, own, program = daemon.memory(), daemon.memory("RssAnon"), daemon.program()
        daemon.forget_peak()
        before = daemon.cpu()
        daemon.sync("full", force=True)
        figure("own CPU of a first full sync with players", daemon.cpu() - before, "ms", target="<= 500")
        peak, after = daemon.memory("VmHWM"), daemon.memory()
        size = sum(os.path.getsize(each) for each in glob.glob(f"{season}/*")) / (1 << 20)
        figure("memory, idle", idle, "MB", "its libraries, loaded by `--version`", libraries(), "<= 16")
        figure("memory, idle: of that the program's own file", program, "MB")
        figure("memory, idle: of that not of files", own, "MB")
        figure("memory after a full sync", after, "MB", "all answers", size, "<= 40")
        figure("peak of a full sync over idle", peak - idle, "MB", "all answers", size, "<= 64")

        answers = [each for each in glob.glob(f"{season}/*.json") if "regular" in each or "_" in each]

        def of_python(name):
            return timed(peers.sync, f"{folder}/{name}.db", answers)

        def first():
            without(daemon, *DATA)
            return milliseconds(daemon, "full", force=True)
        ours, theirs = median_of(rounds, first, lambda: of_python(f"python{next(number)}"))
        figure("a full sync, all new", ours, "ms", "Python's json and sqlite3, only writing", theirs, "ratio <= 1")
        every = sorted(glob.glob(f"{season}/*.json"))
        ours, theirs, all_new, least = median_of(rounds, lambda: milliseconds(daemon, "full"), lambda: of_python("again"),
                                                 first, lambda: bare(daemon, "full", *every))
        figure("a full sync, nothing new", ours, "ms", "Python's json and sqlite3, only writing", theirs, "ratio <= 1")
        figure("a full sync, nothing new", ours, "ms", "bare: simdjson and SQLite, all answers and all that is stored",
               least)
        figure("a full sync, nothing new", ours, "ms", "all new", all_new, "ratio <= 0.25")


def bare(daemon, kind, *words):
    """Milliseconds of bare_syncs over a copy of its database."""
    copy = f"{daemon.folder}/bare{next(number)}.db"
    connection = sqlite3.connect(f"{daemon.folder}/nba_data.db", timeout=60)
    connection.execute("VACUUM INTO ?", (copy,))
    connection.close()
    peers.database(copy).close()  # in the journal mode of ours, which VACUUM INTO leaves out
    return float(subprocess.run([f"{build}/tests/bench/bare_syncs", kind, copy, *words], capture_output=True, text=True,
                                check=True).stdout)


def libraries():
    """MB at most of a process that loads all and does nothing."""
    told = subprocess.run(["/usr/bin/env", "python3", "-c",
                           "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
                           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
                           f"{build}/daemon/nbasyncd", "--version"], capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


def players(folder):
    with Daemon(build, folder, files(season)) as daemon:
        daemon.sync("full", force=True)
        csv = f"{folder}/players.csv"
        table = subprocess.run(["sqlite3", f"{folder}/nba_data.db", ".schema player_game_logs"], capture_output=True,
                               text=True, check=True).stdout
        subprocess.run(["sqlite3", "-csv", f"{folder}/nba_data.db", f".once {csv}", "SELECT * FROM player_game_logs"],
                       check=True)

        def of_import():
            other = f"{folder}/import{next(number)}.db"
            subprocess.run(["sqlite3", other], input=f"PRAGMA journal_mode = WAL; {table}", text=True, check=True,
                           stdout=subprocess.DEVNULL)
            return timed(lambda: subprocess.run(["sqlite3", "-csv", other, f".import {csv} player_game_logs"],
                                                check=True))

        def first():
            without(daemon, "player_game_logs", "nbasync_changes")
            return milliseconds(daemon, "player_game_logs", force=True)
        ours, theirs = median_of(rounds, first, of_import)
        figure("a season of players, all new", ours, "ms", "sqlite3 .import of the rows", theirs, "<= 400")
        ours, theirs = median_of(rounds, lambda: milliseconds(daemon, "player_game_logs"),
                                 lambda: timed(peers.load, peers.database(f"{folder}/one.db"),
                                               f"{season}/leaguegamelog_2025-26_P.json"))
        figure("a season of players, nothing new", ours, "ms", "Python's json and sqlite3", theirs, "<= 120")


def queued(folder):
    with Daemon(build, folder, files(season)) as daemon:
        daemon.sync("teams")

        def hundred():
            begin = time.monotonic()
            runs = [daemon.ask("POST", "/api/admin/sync", {
                "sync_type": "todays_games", "if_busy": "queue", "async": True, "timeout": "10m",
                "season": f"{1946 + i % 79}-{(1947 + i % 79) % 100:02}", "force": i >= 79})["run_id"] for i in range(100)]
            daemon.ask("GET", f"/api/v1/runs/{runs[-1]}?wait=1m")
            return 1000 * (time.monotonic() - begin)
        board, = glob.glob(f"{season}/todaysScoreboard*.json")
        ours, theirs, logging, least = median_of(
            rounds, hundred, lambda: timed(peers.threads_with_a_lock, f"{folder}/threads.db", 100),
            lambda: timed(peers.threads_with_a_lock, f"{folder}/logging.db", 100, True),
            lambda: bare(daemon, "small", board, "100"))
        figure("100 small syncs that wait for each other", ours, "ms", "100 threads of Python and a lock", theirs,
               "ratio <= 1")
        figure("100 small syncs that wait for each other", ours, "ms", "the same threads, each with a log of its run",
               logging)
        figure("100 small syncs that wait for each other", ours, "ms", "bare: libuv's threads, simdjson, SQLite", least)


def spaced(folder):
    with Upstream(build, folder, season) as upstream:
        with Daemon(build, folder, upstream.hosts()) as daemon:
            daemon.sync("full", force=True)
            time.sleep(1)  # the last request's spacing is over
            run = daemon.sync("full", force=True)
            limit = 0.6 * run["request_count"] + 0.3
            figure("a full sync with the usual spacing of 0.6 s", run["duration_seconds"], "s",
                   f"{run['request_count']} requests × 0.6 s + 0.3 s", limit, "ratio <= 1")


for part in (full, players, queued, spaced):
    with tempfile.TemporaryDirectory() as place:
        part(place)
