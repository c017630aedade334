"""Type-ahead and “did you mean”: the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rongbiao.standards.search import named
from rongbiao.standards.search.query import Suggestion
from rongbiao.standards.search.typed import Phrase, Typed, as_number, cleaned, serial_of
from rongbiao.texts.folding import folded, units
from rongbiao.texts.numbers.number import plain_key

if TYPE_CHECKING:
    from rongbiao.standards.search.answering import Engine

DASHES = re.compile(r"[\s\u2010-\u2015\u2212—–－_]+")
FUSED = re.compile(r"^(GB|DBS?\d{2,6}|[A-Z]{2})([TZ])(?=\d)")  # gbt 1.1, db35t 1
MANDATE = re.compile(r"^GB/[TZ](?=\d)")
LETTERS = re.compile(r"[a-z0-9]{2,24}")
ALIKE = 0.5  # of the letters; less is another word


def suggest(engine: Engine, words: str, size: int) -> list[Suggestion]:
    """Return numbers, titles, and titles by their initials, that begin as was typed.

    What holds a figure is first taken for the beginning of a number; letters alone are last.
    """
    words = cleaned(words)
    if not words:
        return []
    begun = number_begun(words)
    rows: dict[int, Suggestion] = {}
    if any(map(str.isdigit, begun)):
        rows |= _begun(begun, size)
    pks: list[int] = []
    if serial := serial_of(words):
        pks += named.numbered(*serial, {})[:size]
    if len(rows) + len(pks) < size:
        chained = tuple(units(words)[:40])
        if chained:
            pks += engine.beginning(Phrase(chained), size)
        letters = folded(words).replace(" ", "")
        if len(pks) < size and LETTERS.fullmatch(letters):
            pks += engine.abbreviated(letters, size)
    more = [pk for pk in dict.fromkeys(pks) if pk not in rows][: size - len(rows)]
    if more:
        marks = ", ".join(["%s"] * len(more))
        titled = named.looked_up("id, number, title", f"id in ({marks})", more)
        found = {pk: Suggestion(pk, number, title) for pk, number, title in titled}
        rows |= {pk: found[pk] for pk in more if pk in found}
    if begun and len(rows) < size:
        for pk, one in _begun(begun, size - len(rows)).items():
            rows.setdefault(pk, one)
    return list(rows.values())


def _begun(number: str, size: int) -> dict[int, Suggestion]:
    found = named.beginning(number, size)
    return {row.pk: Suggestion(row.pk, row.number, row.title) for row in found}


def number_begun(words: str) -> str:
    """Return the beginning of a resolver key that was typed, or nothing.

    >>> number_begun("gbt 1.1"), number_begun("ＤＢ３５０１／Ｔ 1"), number_begun("iso 9001-")
    ('GB1.1', 'DB3501/T1', 'ISO9001-')
    """
    if (number := as_number(words)) is not None:
        return MANDATE.sub("GB", number.key)
    key = plain_key(DASHES.sub(lambda dash: "" if dash[0].isspace() else "-", words))
    if not key.isascii() or not key[:1].isalpha():
        return ""
    return MANDATE.sub("GB", FUSED.sub(r"\1/\2", key))


def meant(engine: Engine, typed: Typed) -> str:
    """Return what somebody whose question found nothing may have meant, or nothing."""
    if typed.number is not None:
        return named.near(typed.number)
    said = list(typed.marks)
    changed = False
    for place, group in enumerate(typed.wanted):
        better = _meant_word(engine, group[0])
        if better and better != "".join(group[0].units):
            said[place], changed = better, True
    return " ".join(said) if changed else ""


def _meant_word(engine: Engine, phrase: Phrase) -> str:
    """Return the stretch of a title that is most like a phrase; the phrase if it is found."""
    best, likest = "", ALIKE
    asked = "".join(phrase.units)
    letters = set(asked)
    if not (pks := engine.nearest(phrase)):
        return ""
    where = f"id in ({', '.join(['%s'] * len(pks))})"
    for titles in named.looked_up("title, title_en", where, pks):
        chained = units(" ".join(titles))
        if asked in "".join(chained):
            return asked
        for stretch in _stretches(chained, len(phrase.units)):
            said = "".join(stretch)
            gap = 0.15 * abs(len(stretch) - len(phrase.units))  # rather a slip than a gap
            shared = sum(letter in letters for letter in said)
            if 2 * shared / (len(said) + len(asked)) - gap <= likest:
                continue  # the quick look that saves the long one
            like = SequenceMatcher(None, asked, said).ratio() - gap
            if like > likest:
                best, likest = said, like
    return best


def _stretches(chained: list[str], length: int) -> Iterator[list[str]]:
    """Give every stretch of so many units, of one more, and of one less."""
    for long in (length, length + 1, length - 1):
        if long > 0:
            yield from (chained[at : at + long] for at in range(len(chained) - long + 1))
