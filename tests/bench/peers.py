"""What one would write in Python instead: answers read by json, written by sqlite3."""

import json
import os
import sqlite3
import threading

WAIT = 60  # seconds, for the database


def database(path):
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def result_sets(answer):
    """Upstream's tables: a name, columns, rows."""
    for table in answer.get("resultSets", []):
        yield table["name"], table["headers"], table["rowSet"]


def index(connection, table, headers):
    """What our tables of lines have beside their key: by season, by day, by who played on a day."""
    who = next((each for each in ("PLAYER_ID", "TEAM_ID") if each in headers), None)
    year = next((each for each in ("SEASON_ID", "SEASON_YEAR") if each in headers), None)
    if "GAME_DATE" not in headers or not who or not year:
        return
    for number, columns in enumerate((f'"{year}"', '"GAME_DATE"', f'"{who}", "GAME_DATE"')):
        connection.execute(f'CREATE INDEX IF NOT EXISTS "{table}_{number}" ON "{table}" ({columns})')


def load(connection, path, indexes=False):
    """Reads an answer and writes its rows, each replaced by its key: the first column that is one, and the next."""
    with open(path) as file:
        answer = json.load(file)
    for name, headers, rows in result_sets(answer):
        table = f"{name}_{os.path.basename(path).split('.')[0].replace('-', '_')}"
        keys = [each for each in headers if each in ("GAME_ID", "TEAM_ID", "PLAYER_ID")] or headers[:1]
        columns = ", ".join(f'"{each}"' for each in headers)
        primary = ", ".join(f'"{each}"' for each in keys)
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({columns}, PRIMARY KEY ({primary}))')
        if indexes:
            index(connection, table, headers)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f'INSERT OR REPLACE INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(headers))})',
                               rows)
        connection.execute("COMMIT")


def sync(path, answers, indexes=False):
    """All answers into a database."""
    connection = database(path)
    for answer in answers:
        load(connection, answer, indexes)
    connection.close()


def threads_with_a_lock(path, count, logs=False):
    """So many threads, each of which takes a lock, and writes 9 rows in a transaction; and if it `logs`, that it begins
    before, and how it ended after, each on the disk before what follows."""
    connection = database(path)
    connection.execute("CREATE TABLE IF NOT EXISTS lines (number INTEGER PRIMARY KEY, a, b, c)")
    connection.execute("CREATE TABLE IF NOT EXISTS log (number INTEGER PRIMARY KEY, state)")
    lock = threading.Lock()

    def tell(number, state):
        if logs:
            connection.execute("INSERT OR REPLACE INTO log VALUES (?, ?)", (number, state))

    def work(number):
        with lock:
            tell(number, "started")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)",
                                   [(9 * number + i, "a", i, 1.5) for i in range(9)])
            connection.execute("COMMIT")
            tell(number, "success")

    workers = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    connection.close()
