"""NBA data from nbasyncd: ask for syncs, follow changes, open the database.

    import nbasync

    nbasync.sync("full")                          # waits for its end, raises SyncFailed if it fails
    with nbasync.connect() as database:           # sqlite3, read-only
        database.execute("SELECT full_name FROM nba_teams")
    for change in nbasync.changes(since=4711):    # what was changed since then
        print(change["table_name"], change["row_key"])

These functions ask the daemon on this machine. `Client` is for another one, or with a token.
"""

from .answers import Change, Event, Run, Status
from .client import Client
from .database import connect
from .errors import (
    ChangesGone,
    Denied,
    Error,
    LockTimeout,
    NotFound,
    Refused,
    SyncFailed,
    Unreachable,
)
from .shortcuts import changes, run, runs, status, sync

__all__ = [
    "Change",
    "ChangesGone",
    "Client",
    "Denied",
    "Error",
    "Event",
    "LockTimeout",
    "NotFound",
    "Refused",
    "Run",
    "Status",
    "SyncFailed",
    "Unreachable",
    "changes",
    "connect",
    "run",
    "runs",
    "status",
    "sync",
]
