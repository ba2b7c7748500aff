"""The daemon's answers as types. Times are text in UTC; a key may be added at any time.

Held to a daemon's real answers by ctl/python/tests.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Mapping, Optional, TypedDict


class _RunFields(TypedDict):
    run_id: str
    sync_type: str
    season: Optional[str]
    status: str
    triggered_by: Optional[str]
    requested_at: Optional[str]
    started_at: Optional[str]
    completed_at: Optional[str]
    duration_seconds: float
    thread_id: int
    records_synced: int
    inserted_count: int
    updated_count: int
    unchanged_count: int
    deleted_count: int
    request_count: int
    bytes_received: int
    error_code: Optional[str]
    error_message: Optional[str]
    note: Optional[str]


class Run(_RunFields, total=False):
    """One run: a line of the history."""

    dry_run: bool
    steps: List["Run"]
    changes: List[Dict[str, Any]]
    changes_truncated: bool


class Change(TypedDict):
    """A row that was changed, with its cells before and after."""

    seq: int
    run_id: str
    changed_at: str
    table_name: str
    row_key: Mapping[str, Any]
    change: Literal["insert", "update", "delete", "load"]
    before: Optional[Mapping[str, Any]]
    after: Optional[Mapping[str, Any]]
    is_correction: bool


class Event(TypedDict):
    """Something that happened: queued, started, progress, finished or changes."""

    id: str
    event: str
    data: Mapping[str, Any]


class Status(TypedDict, total=False):
    """What the daemon does; see nbasyncctl status --json."""

    sync_in_progress: bool
    current_sync: Optional[Mapping[str, Any]]
    recent_syncs: List[Run]
    queue: List[Mapping[str, Any]]
    schedules: List[Mapping[str, Any]]
    datasets: List[Mapping[str, Any]]
    upstream: List[Mapping[str, Any]]
    paused: bool
    version: str
    started_at: str
