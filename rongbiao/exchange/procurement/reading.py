"""Reading a tender (读取采购文件): citations with their verdicts, general references, doubts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.law import Value
from rongbiao.parties import rules
from rongbiao.standards.verdicts import Verdict, verdicts
from rongbiao.texts.citations import find_citations, find_mentions
from rongbiao.texts.documents import Document
from rongbiao.texts.tenders import Doubt, find_doubts, sentence_at

from .grouping import group_of
from .tender import Doubted, Item, Mentioned, Place, Tender

MOST_ITEMS = 900  # standards: a form of the web has no more fields
MOST_PLACES = 12  # of one standard
MOST_FOUND = 600  # general references, doubts
MOST_LETTERS = 3_000_000  # in which doubts are looked for: about two thousand pages
DRAFTING = {"draft", "local_draft"}  # signs of sentences that name a standard to ask who drafted it
LONGEST = 160  # characters of a sentence that is shown


def read_tender(document: Document, name: str, day: date) -> Tender:
    """Return what a tender cites and asks, judged on a day.

    The number of questions to the database does not depend on how much is found.
    """
    text = document.text
    judged = verdicts(text, find_citations(text), day)
    doubted = find_doubts(text[:MOST_LETTERS])
    items = _items(document, _required(judged, doubted))
    numbers = [(one.citation.start, one.citation.end) for one in judged]
    mentions = [
        Mentioned(document.place(one.start), one.text, _said(text, one.start, one.end))
        for one in find_mentions(text)
        if not _beside(numbers, one.start, one.end)
    ]
    law = rules.table("procurement").at(day).group("tender")
    # A rule of a later day is not held against a tender of an earlier one.
    doubts = [
        _doubted(document, one, law[one.sign.rule]) for one in doubted if one.sign.rule in law
    ]
    left = sum(max(0, len(found) - MOST_FOUND) for found in (mentions, doubts))
    return Tender(
        name, day, tuple(items[:MOST_ITEMS]), tuple(mentions[:MOST_FOUND]),
        tuple(doubts[:MOST_FOUND]), _notes(document),
        left + max(0, len(items) - MOST_ITEMS),
    )  # fmt: skip


def _notes(document: Document) -> tuple[str, ...]:
    """Return what the reader must know of the file, in sentences."""
    told = [note.told(_) for note in document.notes]
    if len(document.text) > MOST_LETTERS:
        words = _("文件过长，只在前 {n} 字里查找需要提示的要求，请拆分后再读。")
        told.append(words.format(n=MOST_LETTERS))
    return tuple(told)


def _required(judged: Sequence[Verdict], doubted: Sequence[Doubt]) -> list[Verdict]:
    """Return the citations that ask for a standard: not those that ask who drafted it."""
    drafts = [(one.start, one.end) for one in doubted if one.sign.key in DRAFTING]
    starts = [start for start, _end in drafts]

    def asked(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at < 0 or place >= drafts[at][1]

    return [one for one in judged if asked(one.citation.start)]


def _items(document: Document, judged: Sequence[Verdict]) -> list[Item]:
    """Return one item for each standard that is cited, in the order of its first place."""
    by_number: dict[str, list[Verdict]] = {}
    for one in judged:
        by_number.setdefault(str(one.citation.number), []).append(one)
    items = []
    for number, found in by_number.items():
        first = found[0]
        edition = first.standing.edition
        title = edition.title if edition else ""
        places = _places(document, found[:MOST_PLACES])
        group, guess = group_of(number, title, places[0].sentence)
        items.append(
            Item(
                number, title, edition.key.replace("/", "~") if edition else "", first.status.value,
                first.why, first.present, group.value, guess, places,
            )
        )  # fmt: skip
    return items


def _places(document: Document, found: Sequence[Verdict]) -> tuple[Place, ...]:
    """Return where a standard is cited; of one sentence the clauses stand together."""
    clauses: dict[tuple[str, str], dict[str, None]] = {}
    for verdict in found:
        one = verdict.citation
        at = document.place(one.start), _said(document.text, one.start, one.end)
        clauses.setdefault(at, {})[one.clause] = None
    return tuple(
        Place(where, _("、").join(filter(None, named)), said)
        for (where, said), named in clauses.items()
    )


def _said(text: str, start: int, end: int) -> str:
    """Return the sentence around a place, cut around it where it is too long to be shown."""
    sentence = sentence_at(text, start, end)
    said = sentence.text
    if len(said) > LONGEST:
        at = max(0, start - sentence.start - LONGEST // 2)
        head, tail = "…" if at else "", "…" if at + LONGEST < len(said) else ""
        said = f"{head}{said[at : at + LONGEST]}{tail}"
    return " ".join(said.split())


def _beside(numbers: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a number stands right behind the words (“国家标准GB 4943.1”): they are exact."""
    at = bisect_left(numbers, (end, 0))
    return at < len(numbers) and numbers[at][0] - end <= 3


def _doubted(document: Document, doubt: Doubt, law: Value) -> Doubted:
    english = get_language() == "en"
    sign, (start, end) = doubt.sign, doubt.mark
    first, last = start - doubt.start, end - doubt.start
    return Doubted(
        document.place(doubt.start), doubt.text[:first], doubt.text[first:last], doubt.text[last:],
        sign.rule, law.cited, law.verified,
        sign.why_en if english else sign.why, sign.advice_en if english else sign.advice,
    )  # fmt: skip
