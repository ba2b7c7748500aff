"""HTTP to the daemon: over its control socket, or over TCP with a token."""

from __future__ import annotations

import http.client
import json
import os
import socket
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from .errors import Unreachable, error_of

SOCKET = "/run/nbasync.sock"


class SocketConnection(http.client.HTTPConnection):
    """A connection to a Unix socket."""

    def __init__(self, path: str, timeout: Optional[float]) -> None:
        super().__init__("nba", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if self.timeout is not None:
            self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(self._path)
        except BaseException:
            self.sock.close()
            raise


class Transport:
    """Where the daemon is, and how it is asked: a connection for each request."""

    def __init__(self, address: Optional[str], token: Optional[str], timeout: float) -> None:
        self.address = address or os.environ.get("NBASYNC_SOCKET") or SOCKET
        self.timeout = timeout
        self._token = token

    def ask(self, method: str, target: str, body: Optional[Mapping[str, Any]] = None, wait: float = 0.0) -> Any:
        """The answer's JSON. `wait`: seconds that the daemon may take longer than usual."""
        connection = self.connection(self.timeout + wait)
        try:
            response = self.send(connection, method, target, body)
            return _json_of(response)
        finally:
            connection.close()

    def connection(self, timeout: Optional[float]) -> http.client.HTTPConnection:
        """A connection that is not yet made."""
        if "://" not in self.address:
            return SocketConnection(self.address, timeout)
        url = urlsplit(self.address)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError(f"{self.address!r} is no address of a daemon; want a socket's path or http://HOST:PORT")
        if url.scheme == "https":
            return http.client.HTTPSConnection(url.hostname, url.port, timeout=timeout)
        return http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)

    def send(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        target: str,
        body: Optional[Mapping[str, Any]] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> http.client.HTTPResponse:
        """Sends a request; its answer with the body not yet read. Raises what a problem says."""
        sent = dict(headers or {})
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        try:
            connection.request(method, target, body=data, headers=sent)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise unreachable(self.address, error) from error
        if response.status >= 400:
            raise error_of(response.status, _problem(response))
        return response


def unreachable(address: str, error: Exception) -> Unreachable:
    """What an error of the connection means, and what helps."""
    why = str(error) or type(error).__name__
    if isinstance(error, PermissionError):
        why += "; join the group nbasync (sudo usermod -aG nbasync $USER, then log in again)"
    elif isinstance(error, (FileNotFoundError, ConnectionRefusedError)):
        why += "; is nbasyncd running? systemctl status nbasyncd tells"
    return Unreachable(f"no daemon answers at {address}: {why}", "daemon-unreachable")


def _json_of(response: http.client.HTTPResponse) -> Any:
    text = response.read()
    return json.loads(text) if text else {}


def _problem(response: http.client.HTTPResponse) -> Mapping[str, Any]:
    try:
        answer = _json_of(response)
    except (ValueError, OSError, http.client.HTTPException):
        return {}
    return answer if isinstance(answer, dict) else {}
