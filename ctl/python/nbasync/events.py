"""Server-Sent Events, as the daemon sends them
(https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import http.client
import json
import time
from typing import Iterable, Iterator, List, Optional

from .answers import Event
from .errors import Unreachable
from .transport import Transport, unreachable

#: Seconds without a byte after which a stream is taken for dead: the daemon says something every 15.
_SILENCE = 45.0
#: Seconds between tries to reach a daemon that is away.
_PAUSE = 2.0


def parse(lines: Iterable[bytes]) -> Iterator[Event]:
    """The events of a stream, until it ends."""
    name, last_id = "message", ""
    data: List[str] = []
    for raw in lines:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not line:
            if data:
                yield {"id": last_id, "event": name, "data": json.loads("\n".join(data))}
            name, data = "message", []
            continue
        field, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif field == "id":
            last_id = value


def listen(transport: Transport, last_id: Optional[str]) -> Iterator[Optional[Event]]:
    """Events as they happen, without end: it connects again when the daemon was away. Each time it is connected
    there is a None. Raises Unreachable if it cannot connect the first time."""
    connected = False
    while True:
        connection = transport.connection(_SILENCE)
        try:
            headers = {"Accept": "text/event-stream"}
            if last_id:
                headers["Last-Event-ID"] = last_id
            response = transport.send(connection, "GET", "/api/v1/events", headers=headers)
            connected = True
            yield None
            for event in parse(response):
                last_id = event["id"] or last_id
                yield event
        except Unreachable:
            if not connected:
                raise
        except (OSError, http.client.HTTPException) as error:
            if not connected:
                raise unreachable(transport.address, error) from error
        finally:
            connection.close()
        time.sleep(_PAUSE)
