"""The daemon of this machine, without making a Client."""

from __future__ import annotations

from typing import Any, Iterator, List, Optional

from .answers import Change, Run, Status
from .client import Client, Duration


def sync(sync_type: str, **options: Any) -> Run:
    """Asks for a sync and waits for its end; see Client.sync."""
    return Client().sync(sync_type, **options)


def status() -> Status:
    """What runs, what waits, how old the data is."""
    return Client().status()


def run(run_id: str, *, wait: Optional[Duration] = None) -> Run:
    """One run; see Client.run."""
    return Client().run(run_id, wait=wait)


def runs(**wanted: Any) -> List[Run]:
    """The history, newest first; see Client.runs."""
    return Client().runs(**wanted)


def changes(since: Optional[int] = None, **wanted: Any) -> Iterator[Change]:
    """What was changed after the number `since`; see Client.changes."""
    return Client().changes(since, **wanted)
