"""Looking through statements: everything that is asked of the database is asked once a portion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from rongbiao.standards.currency import Standing, standings
from rongbiao.standards.models import Requirement, Statement
from rongbiao.texts.citations import find_citations

from .copies import Copy, copies
from .finding import Finding
from .measuring import below, indicators
from .naming import cited, executed, numbered
from .structure import structure

PORTION = 500
BETWEEN = re.compile(r"[\n、；;]+")


@dataclass
class Known:
    """What a portion of statements needs of the register."""

    day: date
    standings: dict[str, Standing]
    requirements: dict[str, list[Requirement]] = field(default_factory=dict)  # by key of edition
    copies: dict[int, Copy] = field(default_factory=dict)  # by statement


def findings(statements: Iterable[Statement], day: date) -> list[list[Finding]]:
    """Return what is found in each statement on a day, in their order."""
    rows = list(statements)
    found: list[list[Finding]] = []
    for start in range(0, len(rows), PORTION):
        found += _portion(rows[start : start + PORTION], day)
    return found


def _portion(rows: Sequence[Statement], day: date) -> list[list[Finding]]:
    prefetch_related_objects(rows, "indicators")
    asked: dict[str, None] = {}
    for row in rows:
        asked |= dict.fromkeys(numbers_of(row))
    known = Known(day, dict(zip(asked, standings(asked, day), strict=True)))
    editions = {
        standing.edition.pk: standing.edition.key
        for standing in known.standings.values()
        if standing.edition
    }
    for one in _requirements(list(editions)):
        known.requirements.setdefault(editions[one.standard_id], []).append(one)
    known.copies = copies(rows)
    return [_one(row, known) for row in rows]


def _requirements(pks: Sequence[int]) -> Iterable[Requirement]:
    held = Requirement.objects.filter(standard__in=pks) if pks else Requirement.objects.none()
    return held.select_related("standard").order_by("standard", "place")


def numbers_of(row: Statement) -> list[str]:
    """Return every standard number that a statement names: executed, compared, cited."""
    named = [row.number] if not row.own else []
    named += references(row)
    for one in row.indicators.all():
        named += cited_numbers(one.method)
    return named + cited_numbers(row.words)


def references(row: Statement) -> list[str]:
    """Return the numbers that an enterprise says its standard is held against."""
    return [part.strip() for part in BETWEEN.split(row.references) if part.strip()]


@lru_cache(20_000)
def _cited(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one.number.bare) for one in find_citations(text)))


def cited_numbers(text: str) -> list[str]:
    """Return the numbers that a text cites; an enterprise's own are not asked for."""
    if not text:
        return []
    return [number for number in _cited(text) if not number.startswith("Q/")]


def _one(row: Statement, known: Known) -> list[Finding]:
    held = list(row.indicators.all())
    found = [*numbered(row)]
    if not row.own:
        found += executed(row, known.standings[row.number])
    against = references(row)
    found += cited("references", _("对照的标准"), [known.standings[number] for number in against])
    for one in held:
        at = [known.standings[number] for number in cited_numbers(one.method)]
        found += cited(
            f"indicator-{one.place}", _("指标“{name}”的试验方法").format(name=one.name), at
        )
    found += cited("text", _("标准文本"), [known.standings[n] for n in cited_numbers(row.words)])
    found += indicators(row, held)
    sought = dict.fromkeys([*([row.number] if not row.own else []), *against])
    sought |= dict.fromkeys(cited_numbers(row.words))
    if row.own or held:
        found += below(row, held, _named(sought, known))
    if row.own:
        found += structure(row, copy=known.copies.get(row.pk))
    return found


def _named(numbers: Iterable[str], known: Known) -> list[Requirement]:
    """Return the requirements of the editions that are named, each once."""
    keys: dict[str, None] = {}
    for number in numbers:
        edition = known.standings[number].edition
        if edition:
            keys[edition.key] = None
    return [one for key in keys for one in known.requirements.get(key, ())]
