"""Looking through statements: everything that is asked of the database is asked once a portion."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from rongbiao.standards.currency import Standing, standings
from rongbiao.standards.models import Requirement, Statement
from rongbiao.standards.verdicts import Mark, Verdict, verdicts
from rongbiao.texts.citations import find_citations

from .copies import Copy, copies
from .finding import Finding
from .measuring import below, indicators
from .naming import cited, executed, numbered, quoted
from .structure import structure

PORTION = 500
BETWEEN = re.compile(r"[\n、；;]+")
BREAK = "\n。\n"  # no citation reaches over it
TEXT = 0  # the place of the text; methods stand at the places of their indicators


@dataclass
class Known:
    """What a portion of statements needs of the register."""

    day: date
    standings: dict[str, Standing]
    requirements: dict[str, list[Requirement]] = field(default_factory=dict)  # by key of edition
    copies: dict[int, Copy] = field(default_factory=dict)  # by statement
    quoted: dict[tuple[int, int], list[Verdict]] = field(default_factory=dict)  # and place


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
        asked |= dict.fromkeys([*references(row), *([] if row.own else [row.number])])
    known = Known(day, dict(zip(asked, standings(asked, day), strict=True)))
    known.quoted = quoted_in(rows, day)
    judged = [*known.standings.values()]
    judged += [one.standing for at, ones in known.quoted.items() if at[1] == TEXT for one in ones]
    editions = {one.edition.pk: one.edition.key for one in judged if one.edition}
    for one in _requirements(list(editions)):
        known.requirements.setdefault(editions[one.standard_id], []).append(one)
    known.copies = copies(rows)
    return [_one(row, known) for row in rows]


def _requirements(pks: Sequence[int]) -> Iterable[Requirement]:
    held = Requirement.objects.filter(standard__in=pks) if pks else Requirement.objects.none()
    return held.select_related("standard").order_by("standard", "place")


def references(row: Statement) -> list[str]:
    """Return the numbers that an enterprise says its standard is held against."""
    return [part.strip() for part in BETWEEN.split(row.references) if part.strip()]


def quoted_in(rows: Sequence[Statement], day: date) -> dict[tuple[int, int], list[Verdict]]:
    """Return what texts and methods cite, by statement and place; each number once at a place.

    All of them are read as one text, so that the database is asked once. An enterprise's own
    standards are not asked for.
    """
    pieces = {(row.pk, TEXT): row.words for row in rows}
    pieces |= {(row.pk, one.place): one.method for row in rows for one in row.indicators.all()}
    distinct = [*dict.fromkeys(pieces.values())]
    starts = [0, *accumulate(len(piece) + len(BREAK) for piece in distinct)]
    text = BREAK.join(distinct)
    found: list[dict[str, Verdict]] = [{} for _piece in starts]
    for one in verdicts(text, find_citations(text), day):
        number = str(one.citation.number)
        if not number.startswith("Q/"):
            piece = found[bisect_right(starts, one.citation.start) - 1]
            if number not in piece or Mark.TITLE in one.marks:
                piece[number] = one
    by_piece = dict(zip(distinct, found, strict=False))
    return {at: [*by_piece[piece].values()] for at, piece in pieces.items()}


def _one(row: Statement, known: Known) -> list[Finding]:
    held = list(row.indicators.all())
    found = [*numbered(row)]
    if not row.own:
        found += executed(row, known.standings[row.number])
    against = references(row)
    found += cited("references", _("对照的标准"), [known.standings[number] for number in against])
    for one in held:
        place = _("指标“{name}”的试验方法").format(name=one.name)
        found += quoted(f"indicator-{one.place}", place, known.quoted[row.pk, one.place])
    text = known.quoted[row.pk, TEXT]
    found += quoted("text", _("标准文本"), text)
    found += indicators(row, held)
    sought = [known.standings[n] for n in [*([] if row.own else [row.number]), *against]]
    sought += [one.standing for one in text]
    if row.own or held:
        found += below(row, held, _named(sought, known))
    if row.own:
        found += structure(row, copy=known.copies.get(row.pk))
    return found


def _named(sought: Iterable[Standing], known: Known) -> list[Requirement]:
    """Return the requirements of the editions that are named, each once."""
    keys = dict.fromkeys(standing.edition.key for standing in sought if standing.edition)
    return [one for key in keys for one in known.requirements.get(key, ())]
