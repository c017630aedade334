"""Lists (并列编号): GB 2760、2761; GB/T 2423.1、.2和.3; ISO 9001/14001: numbers that share one code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rongbiao.texts.numbers import StandardNumber

from .beside import BLANK, DASH, NOT_AFTER, full_year, number_of
from .tails import with_tails

ITEM = re.compile(
    rf"{BLANK}?\n?(?:[、,，/／]{BLANK}?(?:和|及|与|或)?|和|及|与|或|以及|and |& ?)\n?{BLANK}?"
    rf"(\.?\d{{1,6}}(?:[.．]\d{{1,4}}(?!\d))*)"
    rf"(?:{BLANK}?(?:{DASH}{{1,2}}|[:：]){BLANK}?((?:19|20)\d\d|[5-9]\d)(?!\d))?"
)
CLOSES = re.compile(
    rf"{BLANK}?(?:[、,，;；)）。和及与或]|$|\n|等|标准|標準|规|規|的|进行|要求|中|部分)"
)

MORE = re.compile(rf"(?>(?:{BLANK}?[、,，和及与]{BLANK}?\d{{1,3}}(?!\d)){{0,30}})")


def items(text: str, number: StandardNumber, end: int) -> Iterator[tuple[StandardNumber, int, int]]:
    """Give the further numbers of a list, each with its start and end; nothing where none follows.

    An item is completed from the number before it. A list of clauses, classes or years after a
    number is none of numbers.
    """
    if number.changes or number.edition:
        return
    before = number.upto or number
    while whole := ITEM.match(text, end):
        item, year = whole[1].replace("．", "."), whole[2] or ""
        sign = text[end : whole.start(1)].strip()
        if NOT_AFTER.match(text, whole.end()) or (before.year and not year):
            return
        full = _in_full(before, item, year, sign) or _part(
            before, item, year, sign, text, whole.end()
        )
        mark = before.date[:1] or ("-" if number.chinese else ":")
        date = f"{mark}{full_year(year)}" if year else ""
        found = number_of(f"{number.code}{number.gap}{full}{date}") if full else None
        if found is None:
            return
        found, end = with_tails(text, found, whole.end())
        yield found, whole.start(1), end
        before = found.upto or found


def _in_full(before: StandardNumber, item: str, year: str, sign: str) -> str:
    """Return an item that is a number of its own or begins with a dot, completed; else nothing."""
    mark = "." if before.chinese else "-"
    first, _, parts = before.number.partition(mark)
    if item.startswith("."):
        return f"{before.number.rpartition(mark)[0]}{item}" if parts and mark == "." else ""
    own, _, part = item.partition(".")
    figures = before.number.replace(".", "").replace("-", "").isdecimal()
    if not figures or (part and mark != "."):
        return ""
    if own == first and part:
        return item
    if sign in {"/", "／"} and len(own) < 4:
        return ""
    if not year and _yearlike(own) and not _yearlike(first):
        return ""
    return item if len(own) >= 3 and abs(len(own) - len(first)) <= 1 else ""


def _part(before: StandardNumber, item: str, year: str, sign: str, text: str, at: int) -> str:
    """Return an item that is one more part of the number before it, completed; else nothing."""
    stem, _, last = before.number.rpartition(".")
    if year or not before.chinese or not stem or not last.isdecimal():
        return ""
    if len(item) > 3 or not item.isdecimal() or int(item) <= int(last):
        return ""
    listed = "、" in sign + text[at : at + 1] or sign in {"和", "及", "与"}
    last_of_all = MORE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing, too
    if not listed or NOT_AFTER.match(text, last_of_all) or not CLOSES.match(text, at):
        return ""
    return f"{stem}.{item}"


def _yearlike(digits: str) -> bool:
    return len(digits) == 4 and digits.startswith(("19", "20"))
