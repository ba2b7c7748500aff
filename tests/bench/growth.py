"""What a user waits for, as the database grows: growth.py BUILD [RUNS [ROUNDS]].

Of 1, 10 and 50 seasons, and of 1,000 and so many (1,000,000) runs in the log: each figure beside that of 1 season and
1,000 runs, measured in turn with it by daemons over copies.
"""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

import seasons
from daemon import Daemon, files
from figures import figure, timed

build = os.path.abspath(sys.argv[1])
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 15
OF_A_SEASON = ("player_game_logs", "team_game_logs", "games", "player_season_stats", "team_season_stats",
               "standings", "league_averages")
RUNS_SQL = """
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
  INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at,
                             duration_seconds, records_synced, error_message)
  SELECT printf('%08x-0000-4000-8000-000000000000', i), iif(i % 100, 'todays_games', 'full'), '2025-26',
         iif(i % 7, 'success', 'failed'), 'schedule:live', t, t, t, 0.1, 12, iif(i % 7, NULL, hex(randomblob(60)))
  FROM (SELECT i, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (i - {count}) || ' seconds') AS t FROM n)"""


def add_seasons(path, count):
    """The season's rows again, as of years before."""
    with sqlite3.connect(path) as database:
        for table in OF_A_SEASON:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            for back in range(1, count):
                year = seasons.DEMO - back

                def value(column):
                    if column == "season":
                        return f"'{seasons.name_of(year)}'"
                    if column == "game_id" or (column == "id" and table == "games"):
                        return f"substr({column}, 1, 3) || '{year % 100:02}' || substr({column}, 6)"
                    if column in ("game_date", "game_time_utc"):
                        return f"(CAST(substr({column}, 1, 4) AS INTEGER) - {back}) || substr({column}, 5)"
                    return f'"{column}"'
                names = ", ".join(f'"{each}"' for each in columns)
                database.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(map(value, columns))} FROM {table} "
                                 "WHERE season = '2025-26'")
    database.close()


def add_runs(path, count):
    with sqlite3.connect(path) as database:
        database.execute(RUNS_SQL.format(count=count))
    database.close()


def cases(daemon):
    """What is waited for, and how it is asked."""
    def answer(target):
        return lambda: timed(daemon.connection.ask, "GET", target)

    def sync(kind):
        return lambda: 1000 * daemon.sync(kind)["duration_seconds"]
    ctl = [f"{build}/ctl/nbasyncctl", "--socket", daemon.socket]

    def command(*words):
        return lambda: timed(lambda: subprocess.run([*ctl, *words], check=True, stdout=subprocess.DEVNULL))
    return {"the status": answer("/api/v1/status"), "teams": answer("/api/teams"),
            "the games of a day": answer("/api/games?date=2025-12-01"),
            "50 game logs": answer("/api/game-logs?limit=50"),
            "a team's players": answer("/api/players?team=BOS"),
            "the newest 20 runs": answer("/api/v1/runs"), "nbasyncctl status": command("status"),
            "nbasyncctl runs --type full": command("runs", "--type", "full"),
            "a small sync": sync("teams"), "a full sync, nothing new": sync("full")}


class Grown:
    def __init__(self, folder, seed, seasons_count, runs):
        os.mkdir(folder)
        path = f"{folder}/nba_data.db"
        shutil.copy(seed, path)
        add_seasons(path, seasons_count)
        add_runs(path, runs)
        self.folder, self.size = folder, os.path.getsize(path) / (1 << 20)

    def start(self):
        self.daemon = Daemon(build, self.folder, files(f"{build}/demo/season"))
        self.ways = cases(self.daemon)

    def starts(self):
        def once():
            with Daemon(build, self.folder, files(f"{build}/demo/season")) as daemon:
                return daemon.start
        return once


def compare(name, base, grown):
    print(f"{name}: {grown.size:.0f} MB beside {base.size:.0f} MB")
    target = "ratio <= 1.5"
    own, other = base.starts(), grown.starts()
    times = [(own(), other()) for _ in range(ROUNDS)]
    figure(f"start to READY, {name}", statistics.median(each[1] for each in times), "ms", "1 season, 1,000 runs",
           statistics.median(each[0] for each in times), target)
    for each in (base, grown):
        each.start()
    try:
        for what in base.ways:
            times = [(base.ways[what](), grown.ways[what]()) for _ in range(ROUNDS)]
            figure(f"{what}, {name}", statistics.median(each[1] for each in times), "ms", "1 season, 1,000 runs",
                   statistics.median(each[0] for each in times), target)
        figure(f"memory at most, {name}", grown.daemon.memory("VmHWM"), "MB", "1 season, 1,000 runs",
               base.daemon.memory("VmHWM"), target)
    finally:
        for each in (base, grown):
            each.daemon.__exit__()


def main():
    with tempfile.TemporaryDirectory() as folder:
        with Daemon(build, folder, files(f"{build}/demo/season")) as daemon:
            daemon.sync("full", force=True)
        with sqlite3.connect(f"{folder}/nba_data.db") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        seed = f"{folder}/nba_data.db"
        base = Grown(f"{folder}/base", seed, 1, 1_000)
        for count in (10, 50):
            compare(f"{count} seasons", base, Grown(f"{folder}/{count}", seed, count, 1_000))
        compare(f"{RUNS:,} runs", base, Grown(f"{folder}/runs", seed, 1, RUNS))


main()
