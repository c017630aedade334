"""News (动态): which events a subscription or a feed is about.

A question is asked of the editions that something happened to, and of nothing else: its
words are looked for in them one by one, as a brute-force search would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.db.models import Q, QuerySet

from rongbiao.texts.classes import beginnings
from rongbiao.texts.folding import chain

from .event import Event
from .numbering import bare
from .search import asked
from .search.named import holds
from .search.typed import Phrase, Typed, read_typed
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
MOST = 20_000  # the newest events of a portion that a question is asked of


@dataclass(frozen=True, slots=True)
class Question:
    """A query string taken apart: what was typed, and the filters."""

    typed: Typed
    filters: Mapping[str, Sequence[str]]


def question(query: str) -> Question:
    """Take a query string apart."""
    said = asked(parse_qs(query))
    return Question(read_typed(said.words), said.filters)


def answers(wanted: Question, standard: Standard) -> bool:
    """Tell whether an edition is among the answers to a question, by the rules of search."""
    if not holds(standard, wanted.filters):
        return False
    number = wanted.typed.number
    if number is not None and bare(number) == standard.bare_key:
        return number.year in {None, standard.year}
    said = (standard.number, standard.title, standard.title_en, standard.title_original,
            standard.abstract)  # fmt: skip
    texts = [chain(text) for text in said if text]

    def stands(phrase: Phrase) -> bool:
        words = f" {' '.join(phrase.units)} "
        return any(words in text for text in texts)

    found = all(any(stands(phrase) for phrase in group) for group in wanted.typed.wanted)
    return found and not any(stands(phrase) for phrase in wanted.typed.unwanted)


def of_standard(bare_key: str) -> QuerySet[Event]:
    """Return the events of all editions of a standard, newest first."""
    return Event.objects.filter(bare_key=bare_key)


def of_class(scheme: str, code: str) -> QuerySet[Event]:
    """Return the events of the editions in a class and beneath it, newest first."""
    column = {"ics": "ics", "ccs": "ccs"}[scheme]
    within = Q()
    for start in beginnings(code) or [code]:  # a group of classes has several
        within |= Q(**{f"{column}__startswith": start})
        within |= Q(**{f"{column}__contains": f" {start}"})
    keys = Standard.objects.filter(within).values("key")
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
