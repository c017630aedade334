"""Noting events (记动态): the kind of a change is told from what stood before and after.

One call for one edition (``note``), one for many (``note_many``: 100,000 in a few seconds).
Call them in the transaction of the change itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef

from .citing.document import CitingDocument
from .event import Event
from .standard import Standard
from .subscription import Subscription

Kind = Event.Kind
# What a change of is news. Sources, addresses and the bookkeeping of entering are not.
WATCHED = (
    "title", "title_en", "level", "nature", "status", "stage", "planned_on", "issued_on",
    "implemented_on", "confirmed_on", "withdrawn_on", "ics", "ccs", "publisher", "authority",
    "owner", "proposer", "filing", "abstract",
)  # fmt: skip
NAMED = ("key", "bare_key", "number", "title")
OLD = timedelta(days=365)  # an edition issued longer ago is entered, but is no news
MOST_DAYS = 366  # how far a clock that stood still looks back
BATCH = 2000

Columns = Mapping[str, Any]
Found = tuple[str, dict[str, list[Any]]]


def columns_of(standard: Any) -> dict[str, Any]:
    """Return what ``note`` compares; take it before changing a row. Other rows have none."""
    if not isinstance(standard, Standard):
        return {}
    return {name: getattr(standard, name) for name in (*NAMED, *WATCHED)}


def kind_of(before: Columns | None, after: Columns, day: date) -> Found | None:
    """Return the kind of a change and what changed, or None where nothing is news.

    ``before`` is None for a new row; an edition issued more than a year ago is no news
    then, so that filling the register tells nobody of forty years of standards.
    """
    if before is None:
        issued = after.get("issued_on")
        year = issued.year if issued else after.get("year")
        old = issued < day - OLD if issued else year is not None and year < day.year - 1
        return None if old else (Kind.ENTERED, {})
    changed = {
        name: [_plain(before.get(name)), _plain(after[name])]
        for name in WATCHED
        if name in after and (before.get(name) or None) != (after[name] or None)
    }
    if not changed:
        return None
    if "status" in changed and after["status"] == Standard.Status.SUPERSEDED:
        return Kind.REPLACED, changed
    ended = "status" in changed and after["status"] == Standard.Status.WITHDRAWN
    dated = "withdrawn_on" in changed and after["withdrawn_on"] and not before.get("withdrawn_on")
    if ended or (dated and after.get("status") != Standard.Status.SUPERSEDED):
        return Kind.WITHDRAWN, changed
    return Kind.CHANGED, changed


def note(standard: Standard, before: Columns | None, *, day: date) -> int:
    """Note what became of one edition; ``before`` is its ``columns_of``, None if it is new."""
    return note_many([(before, columns_of(standard) | {"year": standard.year})], day=day)


def note_many(changes: Iterable[tuple[Columns | None, Columns]], *, day: date) -> int:
    """Note what became of many editions, each as (before or None, after); return how many.

    ``after`` names at least ``key``, ``bare_key``, ``number`` and ``title``; a column that
    it leaves out did not change. Nothing is held in memory but one batch.
    """
    noted = 0
    for batch in _batches(_events(changes, day)):
        _mark_editions(batch)
        Event.objects.bulk_create(batch, batch_size=BATCH)
        noted += len(batch)
    return noted


def _events(changes: Iterable[tuple[Columns | None, Columns]], day: date) -> Iterator[Event]:
    for before, after in changes:
        found = kind_of(before, after, day)
        if found:
            kind, changed = found
            yield Event(kind=kind, day=day, words=changed, **{name: after[name] for name in NAMED})


def _batches(events: Iterator[Event]) -> Iterator[list[Event]]:
    while batch := list(islice(events, BATCH)):
        yield batch


def _mark_editions(batch: list[Event]) -> None:
    """A new row whose standard has another edition here is a new edition."""
    fresh = [event for event in batch if event.kind == Kind.ENTERED]
    if not fresh:
        return
    held = Standard.objects.filter(bare_key__in={event.bare_key for event in fresh})
    known: dict[str, set[str]] = {}
    for bare, key in held.values_list("bare_key", "key"):
        known.setdefault(bare, set()).add(key)
    for event in fresh:
        if known.get(event.bare_key, set()) - {event.key}:
            event.kind = Kind.EDITION


def note_days(day: date) -> int:
    """Note what begins or ends because its day has come; catches up, safe to run again."""
    since = max(_last_noted(day), day - timedelta(days=MOST_DAYS))
    made = _begun(since, day) + _ended(since, day)
    Event.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def _last_noted(day: date) -> date:
    """Return the last day that was looked at: the newest such event, else the first reader's."""
    newest = Event.objects.filter(kind=Kind.IMPLEMENTED).aggregate(day=Max("day"))["day"]
    readers = [
        Subscription.objects.aggregate(day=Min("since"))["day"],
        CitingDocument.objects.aggregate(day=Min("confirmed_on"))["day"],
    ]
    first = min(filter(None, readers), default=day)
    return min(newest or first, day)


def _begun(since: date, day: date) -> list[Event]:
    """Return what takes effect in some days and was not told."""
    noted = Event.objects.filter(kind=Kind.IMPLEMENTED, key=OuterRef("key"), day__gte=since)
    rows = Standard.objects.filter(implemented_on__range=(since, day)).exclude(Exists(noted))
    return [
        Event(kind=Kind.IMPLEMENTED, day=on, **dict(zip(NAMED, named, strict=True)))
        for on, *named in rows.values_list("implemented_on", *NAMED)
    ]


def _ended(since: date, day: date) -> list[Event]:
    """Return what ends in some days, unless its end was told when it was entered."""
    noted = Event.objects.filter(kind__in=(Kind.WITHDRAWN, Kind.REPLACED), key=OuterRef("key"))
    rows = Standard.objects.filter(withdrawn_on__range=(since, day)).exclude(Exists(noted))
    return [
        Event(
            kind=Kind.REPLACED if status == Standard.Status.SUPERSEDED else Kind.WITHDRAWN,
            day=on,
            **dict(zip(NAMED, named, strict=True)),
        )
        for status, on, *named in rows.values_list("status", "withdrawn_on", *NAMED)
    ]


def newest() -> int:
    """Return the last event that anybody can see now."""
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def horizon() -> int:
    """Return the last event of which all earlier ones are committed; call it in a transaction.

    SQLite writes one transaction after another. On PostgreSQL a lower number may be
    committed later, so that whoever is writing is waited for.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE MODE")
    return newest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
