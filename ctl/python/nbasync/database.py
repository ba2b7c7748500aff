"""The database itself, read-only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Optional, Union

DATABASE = "/var/lib/nbasync/nba_data.db"


def connect(path: Optional[Union[str, "os.PathLike[str]"]] = None) -> sqlite3.Connection:
    """Opens the SQLite database for reading, also while a sync writes; rows know their columns' names. By default
    the environment's NBASYNC_DATABASE, or the package's database. Raises sqlite3.OperationalError if it cannot be
    opened."""
    file = Path(path or os.environ.get("NBASYNC_DATABASE") or DATABASE).absolute()
    try:
        connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        hint = "" if file.exists() else "; there is no such file"
        if file.exists() and not os.access(file, os.R_OK):
            hint = "; the group nbasync may read it (sudo usermod -aG nbasync $USER, then log in again)"
        raise sqlite3.OperationalError(f"{file}: {error}{hint}") from error
    connection.row_factory = sqlite3.Row
    return connection
