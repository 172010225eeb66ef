"""From exceptions to what was observed."""

from __future__ import annotations

import errno
import socket

from tui.core.seen import Error, Failure, Hop

_ERRNO = {
    errno.ECONNREFUSED: Error.REFUSED,
    errno.ECONNRESET: Error.RESET,
    errno.EPIPE: Error.RESET,
    errno.ECONNABORTED: Error.RESET,
    errno.ETIMEDOUT: Error.TIMEOUT,
    errno.EHOSTUNREACH: Error.HOST_UNREACHABLE,
    errno.ENETUNREACH: Error.NET_UNREACHABLE,
    errno.EADDRNOTAVAIL: Error.NET_UNREACHABLE,
    errno.EACCES: Error.DENIED,
    errno.EPERM: Error.DENIED,
}


class WireError(Exception):
    """A connection that failed, with the hop at which it did."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.hop}: {failure.error}")
        self.failure = failure


def error_of(exception: BaseException) -> Error:
    """Name what an exception observed."""
    if isinstance(exception, socket.gaierror):
        return lookup_error(exception)
    if isinstance(exception, TimeoutError):
        return Error.TIMEOUT
    if isinstance(exception, ConnectionResetError | BrokenPipeError):
        return Error.RESET
    if isinstance(exception, OSError) and exception.errno is not None:
        return _ERRNO.get(exception.errno, Error.CRASHED)
    return Error.CRASHED


def lookup_error(exception: socket.gaierror) -> Error:
    """Name what ``getaddrinfo`` observed; the numbers differ between systems, the names do not."""
    if exception.errno == getattr(socket, "EAI_NODATA", None):
        return Error.NO_ADDRESS
    if exception.errno == socket.EAI_NONAME:
        return Error.NO_NAME
    return Error.TRY_AGAIN


def failure(hop: Hop, exception: BaseException) -> Failure:
    """Describe an exception that ended a hop."""
    return Failure(hop, error_of(exception), str(exception)[:200])
