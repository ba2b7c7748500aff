"""The figures of engines.sh: engines.py BUILD FOLDER ROUNDS."""

import glob
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time

from control_socket import Connection
from figures import figure

build, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
ordinary = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] * (os.geteuid() == 0)
TABLES = {"player_game_logs": "points", "game_logs": "team_pts"}  # of each sync: what is edited
ROWS = {"player_game_logs": "player_game_logs", "game_logs": "team_game_logs"}


class Server:
    """A PostgreSQL, with a socket in the folder."""

    def __init__(self):
        programs = max(glob.glob("/usr/lib/postgresql/*/bin"))
        place = os.path.join(folder, "server")
        os.mkdir(place)
        os.chmod(place, 0o777)
        data = os.path.join(place, "data")
        subprocess.run(ordinary + [f"{programs}/initdb", "-D", data, "-U", "postgres", "--auth", "trust", "-E", "UTF8"],
                       check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            ordinary + [f"{programs}/postgres", "-D", data, "-k", place, "-c", "listen_addresses=", "-c",
                        "autovacuum=off"], stderr=subprocess.DEVNULL)
        self.place = place
        while subprocess.run([f"{programs}/pg_isready", "-q", "-h", place], check=False).returncode:
            time.sleep(0.05)
        self.version = self.ask("SHOW server_version")

    def ask(self, sql):
        return subprocess.run(["psql", "-h", self.place, "-U", "postgres", "-Atqc", sql], check=True,
                              capture_output=True, text=True).stdout.strip()


class Daemon:
    def __init__(self, name, database, execute):
        self.execute = execute
        path = os.path.join(folder, name)
        with open(path + ".yaml", "w") as config:
            config.write(f"season: 2025-26\ndatabase: {database}\ndbus: {{bus: none}}\n"
                         f"control: {{socket: {path}.sock}}\nsync: {{on_start: never}}\nlog: {{level: warning}}\n"
                         f"upstream: {{stats_url: 'file:{build}/demo/season', cdn_url: 'file:{build}/demo/season'}}\n")
        self.process = subprocess.Popen([f"{build}/daemon/nbasyncd", "--config", path + ".yaml"])
        while not os.path.exists(path + ".sock"):
            if self.process.poll() is not None:
                sys.exit("a daemon has ended at its start")
            time.sleep(0.01)
        self.connection = Connection(path + ".sock")
        self.sync("full")

    def ask(self, method, target, body=None):
        """The answer, and how long it took, in ms."""
        begin = time.monotonic()
        status, text = self.connection.ask(method, target, body)
        took = (time.monotonic() - begin) * 1000
        if status not in (200, 202):
            sys.exit(f"{target}: {status} {text.decode()}")
        return json.loads(text), took

    def sync(self, kind):
        """Its duration, in ms."""
        run, _ = self.ask("POST", "/api/admin/sync", {"sync_type": kind, "force": True, "if_busy": "queue"})
        return run["duration_seconds"] * 1000

    def prepare(self, kind, case):
        table = ROWS[kind]
        if case == "first":
            self.execute(f"DELETE FROM {table}")
        elif case == "1 %":
            self.execute(f"UPDATE {table} SET {TABLES[kind]} = {TABLES[kind]} + 1 WHERE "
                         f"(CAST(game_id AS BIGINT) + {'player_id' if 'player' in table else 'team_id'}) % 100 = 0")


def beside(name, measure, ways, unit="ms", least=min):
    """One figure of each way, in turn, and the ratio of the second to the first."""
    figures = [[] for _ in ways]
    for _ in range(rounds):
        for way, of_way in zip(ways, figures):
            of_way.append(measure(way))
    first, second = (least(each) for each in figures)
    figure(f"PostgreSQL: {name}", second, unit, "SQLite", first)


def main():
    server = Server()
    file = os.path.join(folder, "nba.db")

    def in_file(sql):
        database = sqlite3.connect(file, timeout=30)
        with database:
            database.execute(sql)
        database.close()

    daemons = []
    try:
        daemons.append(Daemon("file", f"{{path: {file}}}", in_file))
        daemons.append(Daemon("server", f"{{url: 'postgresql://postgres@/postgres?host={server.place}'}}", server.ask))
        print(f"PostgreSQL {server.version}")
        for kind, table in ROWS.items():
            count = server.ask(f"SELECT count(*) FROM {table}")
            for case in ("first", "identical", "1 %"):
                def measure(daemon):
                    daemon.prepare(kind, case)
                    return daemon.sync(kind)
                beside(f"{kind}, {count} rows, {case}", measure, daemons)
        beside("asked and taken", lambda daemon: daemon.ask(
            "POST", "/api/admin/sync", {"sync_type": "teams", "if_busy": "queue", "async": True})[1], daemons,
               least=statistics.median)
        for daemon in daemons:
            daemon.sync("teams")  # those are done
        beside("games of a day", lambda daemon: daemon.ask("GET", "/api/games?date=2025-12-01")[1], daemons,
               least=statistics.median)
        for kind in ("teams", *ROWS):
            written = []
            for _ in range(rounds):
                before = server.ask("SELECT pg_current_wal_insert_lsn()")
                daemons[1].sync(kind)
                written.append(int(server.ask(f"SELECT pg_current_wal_insert_lsn() - '{before}'")))
            figure(f"PostgreSQL: write-ahead log, identical {kind}", min(written), "bytes")
    finally:
        for daemon in daemons:
            daemon.process.terminate()
            daemon.process.wait()
        server.process.terminate()
        server.process.wait()


main()
