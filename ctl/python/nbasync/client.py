"""The daemon as an object."""

from __future__ import annotations

import time
from typing import Any, Iterator, List, Optional, Union
from urllib.parse import quote, urlencode

from . import events
from .answers import Change, Event, Run, Status
from .errors import LockTimeout, SyncFailed, Unreachable
from .transport import Transport

#: A duration: seconds, or text like "5m".
Duration = Union[float, int, str]

_UNENDED = ("queued", "started")
_LONG_POLL = 30.0


class Client:
    """Asks one daemon. `address`: the path of its control socket, or http://HOST:PORT, where changes take the
    token; by default the environment's NBASYNC_SOCKET, or the package's socket. Every method raises Unreachable
    if nobody answers within `timeout` seconds. An object has no state that threads would have to share."""

    def __init__(self, address: Optional[str] = None, *, token: Optional[str] = None, timeout: float = 30.0) -> None:
        self._transport = Transport(address, token, timeout)

    def status(self) -> Status:
        """What runs, what waits, how old the data is."""
        answer: Status = self._transport.ask("GET", "/api/v1/status")
        return answer

    def sync(
        self,
        sync_type: str,
        *,
        season: Optional[str] = None,
        wait: bool = True,
        if_busy: Optional[str] = None,
        timeout: Optional[Duration] = None,
        run_timeout: Optional[Duration] = None,
        dry_run: bool = False,
        force: bool = False,
    ) -> Run:
        """Asks for a sync and waits for its end, also across restarts of the daemon. Raises Refused or LockTimeout
        when it does not get the lock, SyncFailed when it does not end well. Without `wait`: the run as it waits or
        runs."""
        wish = {
            "sync_type": sync_type,
            "season": season,
            "if_busy": if_busy,
            "timeout": timeout,
            "run_timeout": run_timeout,
            "dry_run": dry_run or None,
            "force": force or None,
            "async": True,
        }
        admitted = self._transport.ask(
            "POST", "/api/admin/sync", {key: value for key, value in wish.items() if value is not None}
        )
        if not wait:
            return self.run(admitted["run_id"])
        return self._end_of(admitted["run_id"])

    def run(self, run_id: str, *, wait: Optional[Duration] = None) -> Run:
        """One run; with `wait` its end, or what it is when that time is over."""
        query = "" if wait is None else "?" + urlencode({"wait": wait if isinstance(wait, str) else f"{round(wait * 1000)}ms"})
        answer: Run = self._transport.ask(
            "GET", f"/api/v1/runs/{quote(run_id, safe='')}{query}", wait=0.0 if wait is None else 7 * 86400.0
        )
        return answer

    def runs(self, *, limit: int = 20, sync_type: Optional[str] = None, status: Optional[str] = None) -> List[Run]:
        """The history, newest first."""
        query = {"limit": limit, "type": sync_type, "status": status}
        answer = self._transport.ask("GET", "/api/v1/runs?" + _query(query))
        runs: List[Run] = answer["runs"]
        return runs

    def cancel(self, run_id: str) -> None:
        """Cancels a run that waits or runs."""
        self._transport.ask("DELETE", f"/api/v1/runs/{quote(run_id, safe='')}")

    def changes(
        self,
        since: Optional[int] = None,
        *,
        table: Optional[str] = None,
        corrections: bool = False,
        follow: bool = False,
    ) -> Iterator[Change]:
        """What was changed after the number `since`, oldest first; without it from now on, or, without `follow`,
        all that is kept. With `follow` without end. Raises ChangesGone when that is kept no longer: for a `since`
        of None never."""
        position = since
        if position is None:
            newest = self._changes(limit=1)
            position = newest["last_seq"] if follow else max(0, newest["oldest_seq"] - 1)
        # First the stream, then the table: so nothing falls between the two.
        for event in events.listen(self._transport, None) if follow else (None,):
            more = event is None or event["event"] == "changes"
            while more:
                page = self._changes(since=position, table=table, corrections="true" if corrections else None)
                yield from page["changes"]
                position, more = page["last_seq"], page["more"]

    def events(self, last_event_id: Optional[str] = None) -> Iterator[Event]:
        """What happens, as it happens, without end. The stream begins when its first event is asked for; with
        `last_event_id` it begins with what was missed since, of the last 256; "0": all of them."""
        return (event for event in events.listen(self._transport, last_event_id) if event is not None)

    def _changes(self, **query: Any) -> Any:
        return self._transport.ask("GET", "/api/v1/changes?" + _query(query))

    # A daemon that restarts meanwhile still knows the run.
    def _end_of(self, run_id: str) -> Run:
        away_since: Optional[float] = None
        while True:
            try:
                run = self.run(run_id, wait=_LONG_POLL)
                away_since = None
            except Unreachable:
                away_since = away_since or time.monotonic()
                if time.monotonic() - away_since > self._transport.timeout:
                    raise
                time.sleep(0.2)
                continue
            if run["status"] in _UNENDED:
                continue
            if run["status"] == "success":
                return run
            kind = LockTimeout if run["error_code"] == "lock-timeout" else SyncFailed
            sentence = run["error_message"] or f"it ended as {run['status']}"
            raise kind(f"{run['sync_type']} {run['status']}: {sentence}", run["error_code"] or "", run)


def _query(wanted: Any) -> str:
    return urlencode({key: value for key, value in wanted.items() if value is not None})
