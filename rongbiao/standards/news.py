"""News (动态): which events a subscription or a feed is about.

A question is asked of the editions that something happened to, and of nothing else: its
words are looked for in them one by one, as a brute-force search would.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from django.db.models import Q, QuerySet

from rongbiao.texts.numbers import NotANumber, read_number

from .event import Event
from .search import asked
from .standard import Standard
from .subscription import Subscription

# A question and a class hear of editions that come and go; a correction of a title is for
# whoever subscribes to the standard itself.
COMING_AND_GOING = (
    Event.Kind.ENTERED,
    Event.Kind.EDITION,
    Event.Kind.REPLACED,
    Event.Kind.WITHDRAWN,
    Event.Kind.IMPLEMENTED,
)
WORD = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|(\S+))')
SPACE = re.compile(r"\s+")
MOST = 20_000  # the newest events of a portion that a question is asked of


@dataclass(frozen=True, slots=True)
class Question:
    """A query string taken apart: what must be found, what must not, and the filters."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    key: str = ""  # the words are a number: the key of it, without a year perhaps
    filters: dict[str, frozenset[str]] = field(default_factory=dict)


def folded(text: str) -> str:
    """Return a text as search compares it: one width, one case, one script, one space."""
    from rongbiao.texts.received import simplified

    return SPACE.sub(" ", simplified(unicodedata.normalize("NFKC", text)).casefold())


def question(query: str) -> Question:
    """Take a query string apart."""
    said = asked(parse_qs(query))
    found: list[str] = []
    missing: list[str] = []
    for minus, *texts in WORD.findall(said.words):
        if word := folded(next((text for text in texts if text), "")).strip():
            (missing if minus else found).append(word)
    try:
        key = read_number(said.words).key
    except NotANumber:
        key = ""
    filters = {name: frozenset(values) for name, values in said.filters.items()}
    return Question(tuple(found), tuple(missing), key, filters)


def answers(wanted: Question, standard: Standard) -> bool:
    """Tell whether an edition is among the answers to a question."""
    if not all(_holds(standard, name, values) for name, values in wanted.filters.items()):
        return False
    if wanted.key and wanted.key in {standard.key, standard.bare_key}:
        return True
    said = (standard.number, standard.shown, standard.title, standard.title_en,
            standard.title_original)  # fmt: skip
    text = folded("\n".join(said))
    return all(word in text for word in wanted.found) and not any(
        word in text for word in wanted.missing
    )


def _holds(standard: Standard, name: str, values: Iterable[str]) -> bool:
    """Tell whether one of the values of a filter holds; a filter unknown here never does."""
    if name in {"ics", "ccs"}:
        codes = getattr(standard, name).split()
        return any(code.startswith(value) for code in codes for value in values)
    if name == "year":
        return str(standard.issued_on.year if standard.issued_on else standard.year) in values
    if name == "organization":
        units = {row.name for row in standard.participations.all()}
        return bool((units | {standard.owner, standard.publisher}) & set(values))
    if name in {"level", "status", "nature", "region"}:
        return getattr(standard, name) in values
    return False


def of_standard(bare_key: str) -> QuerySet[Event]:
    """Return the events of all editions of a standard, newest first."""
    return Event.objects.filter(bare_key=bare_key)


def of_class(scheme: str, code: str) -> QuerySet[Event]:
    """Return the events of the editions in a class and beneath it, newest first."""
    column = {"ics": "ics", "ccs": "ccs"}[scheme]
    first, later = Q(**{f"{column}__startswith": code}), Q(**{f"{column}__contains": f" {code}"})
    keys = Standard.objects.filter(first | later).values("key")
    return Event.objects.filter(kind__in=COMING_AND_GOING, key__in=keys)


def of_query(query: str, events: QuerySet[Event], most: int = MOST) -> list[Event]:
    """Return those of the newest events that a question is about, in their order."""
    wanted = question(query)
    portion = list(events.filter(kind__in=COMING_AND_GOING)[:most])
    rows = standards_of(portion)
    return [event for event in portion if event.key in rows and answers(wanted, rows[event.key])]


def standards_of(events: Sequence[Event]) -> dict[str, Standard]:
    """Return the editions of some events by key."""
    keys = list({event.key for event in events})
    found: dict[str, Standard] = {}
    for start in range(0, len(keys), 500):
        rows = Standard.objects.filter(key__in=keys[start : start + 500])
        found |= {row.key: row for row in rows.prefetch_related("participations")}
    return found


def news_of(row: Subscription, after: int, until: int) -> list[Event]:
    """Return the news of a subscription between two events, newest first."""
    between = Q(pk__gt=after, pk__lte=until)
    if row.kind == Subscription.Kind.STANDARD:
        return list(of_standard(row.target).filter(between))
    if row.kind == Subscription.Kind.CLASS:
        scheme, _colon, code = row.target.partition(":")
        return list(of_class(scheme, code).filter(between)[:MOST])
    return of_query(row.target, Event.objects.filter(between))
