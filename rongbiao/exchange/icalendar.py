"""Calendars (日历): days as an iCalendar file, RFC 5545.

Written here and not by a library: whole days with a reminder are six properties, of which
only escaping and folding want care (RFC 5545 sections 3.1 and 3.3.11).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WIDE = 75  # octets of a line, without its end
AHEAD = 3  # days before, on which a calendar reminds


@dataclass(frozen=True)
class Day:
    """One whole day: what names it for good, what it is called, what is said, where it leads."""

    uid: str
    on: date
    title: str
    words: str = ""
    address: str = ""


def escaped(text: str) -> str:
    r"""Return a text as a value: backslash, semicolon, comma and line ends escaped.

    >>> print(escaped("a,b;c\nd"))
    a\,b\;c\nd
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    for mark in ",;":
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    r"""Return a line folded after 75 octets, never within a letter.

    >>> folded("SUMMARY:" + "期" * 30).split("\r\n ")[1]
    '期期期期期期期期'
    """
    parts, rest, room = [], line, WIDE
    while len(rest.encode()) > room:
        cut = len(rest.encode()[:room].decode(errors="ignore"))
        parts.append(rest[:cut])
        rest, room = rest[cut:], WIDE - 1  # the blank before it counts
    return "\r\n ".join([*parts, rest])


def _lines(name: str, days: Iterable[Day], moment: datetime, remind: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Rongbiao//Deadlines//ZH"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{escaped(name)}"
    for day in days:
        yield "BEGIN:VEVENT"
        yield f"UID:{escaped(day.uid)}"
        yield f"DTSTAMP:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(day.title)}"
        if day.words:
            yield f"DESCRIPTION:{escaped(day.words)}"
        if day.address:
            yield f"URL:{day.address}"
        yield "TRANSP:TRANSPARENT"
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(remind)}"
        yield f"TRIGGER:-P{AHEAD}D"
        yield "END:VALARM"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def calendar(name: str, days: Iterable[Day], *, moment: datetime, remind: str) -> bytes:
    """Return days as a calendar, UTF-8; ``moment`` is when it was made, ``remind`` an alarm's words."""
    lines = _lines(name, days, moment, remind)
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()
