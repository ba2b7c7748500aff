"""What goes wrong, as exceptions. `code` is the daemon's word, which stays; the text is its sentence."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Type

__all__ = ["ChangesGone", "Denied", "Error", "LockTimeout", "NotFound", "Refused", "SyncFailed", "Unreachable"]


class Error(Exception):
    """Anything that the daemon refuses, or that went wrong on the way to it."""

    def __init__(self, message: str, code: str = "", answer: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        self.code = code
        #: The whole answer: of a refusal also who holds the lock; of a failed sync the run.
        self.answer: Mapping[str, Any] = answer or {}


class Unreachable(Error):
    """No daemon answers."""


class Denied(Error):
    """The caller may not do this."""


class NotFound(Error):
    """No such run, schedule or route."""


class ChangesGone(Error):
    """Changes since that number are kept no longer: read the tables anew, then go on from `last_seq`."""


class Refused(Error):
    """Another sync is in progress, the queue is full, or syncing is paused."""


class LockTimeout(Refused):
    """The lock was not to be had in the time that was allowed."""


class SyncFailed(Error):
    """A sync ended otherwise than well; `answer` is its run."""


_BY_STATUS: Dict[int, Type[Error]] = {
    401: Denied,
    403: Denied,
    404: NotFound,
    409: Refused,
    410: ChangesGone,
    503: Refused,
}
_BY_CODE: Dict[str, Type[Error]] = {
    "lock-timeout": LockTimeout,
    "shutting-down": Unreachable,
    "bad-configuration": Unreachable,
}


def error_of(status: int, answer: Mapping[str, Any]) -> Error:
    """The exception for an answer that is a problem (RFC 9457)."""
    code = str(answer.get("code", ""))
    kind = _BY_CODE.get(code, _BY_STATUS.get(status, Error))
    return kind(str(answer.get("detail") or f"the daemon answered {status}"), code, answer)
