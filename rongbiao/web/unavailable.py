"""Unavailable (暂不能办理): the disk is full or broken, or the database does not answer.

What could not be kept is never said to be done: the answer is 503 with a sentence, and the
platform goes on by itself as soon as the disk or the database does.
"""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

RETRY = 15  # seconds
ON_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})
# https://www.sqlite.org/rescode.html
IN_SQLITE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
    }
)
# Classes of SQLSTATE: no connection, no resources, stopped by an operator, a system's error
IN_POSTGRESQL = ("08", "53", "57", "58")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for whatever no page has caught: 503 while nothing can be kept, else 500."""
    if not any(unavailable(one) for one in causes(sys.exception())):
        return server_error(request)
    answer = render(None, "503.html", status=503)
    answer["Retry-After"] = str(RETRY)
    return answer


def causes(why: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what led to it."""
    while why is not None:
        yield why
        why = why.__cause__ or why.__context__


def unavailable(why: BaseException) -> bool:
    """Tell whether an exception says that disk or database fail us, and not the code.

    >>> unavailable(OSError(28, "No space left on device")), unavailable(OSError(2, "No file"))
    (True, False)
    """
    if isinstance(why, OSError):
        return why.errno in ON_DISK
    if isinstance(why, sqlite3.Error):
        return getattr(why, "sqlite_errorcode", 0) & 0xFF in IN_SQLITE
    if isinstance(why, (OperationalError, InterfaceError)) and why.__cause__ is not None:
        state = getattr(why.__cause__, "sqlstate", "")  # None: there was no connection
        return state is None or state.startswith(IN_POSTGRESQL)
    return False
