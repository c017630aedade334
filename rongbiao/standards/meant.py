"""Meant (本意): what a number stands for that is no single row: a range, all parts, a slip.

A slip is a wrong mark (GB for GB/T) or one wrong figure. Slips of figures are looked for only
where the year is written: without it nearly every neighbour of a number exists.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rongbiao.texts.citations.titles import disagrees
from rongbiao.texts.numbers import StandardNumber

from .currency import MOST, Asked, Judge, Standing
from .held import Edition

EXPANDED = 60  # members of a range that are judged one by one; of a longer one its two ends
CORRECTED = 200  # unknown numbers of one text whose figures are tried
MARKS = ("", "/T", "/Z")


@dataclass(frozen=True, slots=True)
class Meant:
    """What an unknown number may stand for: the same with another mark, or others near it."""

    instead: Asked | None = None
    candidates: tuple[str, ...] = ()


def members(number: StandardNumber) -> list[StandardNumber]:
    """Return what has to be judged for a number: of a range its members, of an amendment also what it amends."""
    if number.upto:
        try:
            many = list(number.expand())
        except ValueError:
            many = []
        return many if 2 <= len(many) <= EXPANDED else [number.bare, number.upto]
    return [number, number.base] if number.base else [number]


def spans(numbers: Iterable[StandardNumber]) -> list[tuple[str, str]]:
    """Return between which bare keys the parts of numbers stand."""
    out = []
    for number in numbers:
        mark = "." if number.chinese else "-"
        key = number.undated.key
        out.append((key + mark, key + chr(ord(mark) + 1)))
    return out


def parts_of(number: StandardNumber, found: Judge) -> list[Standing]:
    """Return what each part that is held is on the day, each as if cited without its year."""
    stem = spans([number])[0][0]
    bares = sorted(bare for bare in found.held.by_bare if bare.startswith(stem))
    return [found.answer(Asked(bare, bare, bare, bare, bare, None)) for bare in bares]


def what_was_meant(
    asked: Mapping[str, tuple[StandardNumber, Asked, str]], found: Judge
) -> dict[str, Meant]:
    """Return what unknown numbers may stand for; each comes under a name, with the title printed beside it.

    Two questions to the database, however many there are.
    """
    held = found.held
    absent = {name: one for name, one in asked.items() if _absent(one[1], found)}
    marked = {name: list(_marked(number)) for name, (number, _a, _t) in absent.items()}
    held.take("bare_key", {one.bare for many in marked.values() for one in many})
    tried = [
        name for name, (_n, one, _t) in absent.items() if one.year and one.bare not in held.by_bare
    ]
    near = {name: dict.fromkeys(_near(absent[name][1])) for name in tried[:CORRECTED]}
    held.take("key", {key for keys in near.values() for key in keys})
    out = {}
    for name, (_number, one, title) in absent.items():
        others = marked[name]
        bares = (one.bare, *(other.bare for other in others))
        alike = [edition for bare in bares for edition in held.by_bare.get(bare, ())]
        close = [held.editions[key] for key in near.get(name, ()) if key in held.editions]
        if title:
            close = [edition for edition in close if not disagrees(title, [edition.title])]
        out[name] = Meant(
            next((other for other in others if not _absent(other, found)), None),
            _named([*(edition for edition in alike if edition.plain), *close], one),
        )
    return out


def _absent(one: Asked, found: Judge) -> bool:
    held = found.held
    if one.key in held.editions or one.key in held.newer:
        return False
    return one.year is not None or not any(
        edition.plain for edition in held.by_bare.get(one.bare, ())
    )


def _named(editions: Sequence[Edition], one: Asked) -> tuple[str, ...]:
    """Return the numbers of editions, those of the nearest years first among the same number."""
    ordered = editions
    if one.year:
        ordered = sorted(
            editions, key=lambda e: (e.bare != one.bare, abs((e.year or 0) - one.year))
        )
    return tuple(dict.fromkeys(edition.number for edition in ordered))[:MOST]


def _marked(number: StandardNumber) -> Iterator[Asked]:
    """Give a Chinese number with each other mark: GB/T and GB/Z for GB."""
    if not number.chinese or number.level in {"group", "enterprise"} or number.upto:
        return
    root, slash, mark = number.code.partition("/")
    for other in MARKS:
        if other != slash + mark:
            gap = "/" if root.startswith("DB") and root[-1].isdecimal() and not other else " "
            yield Asked.of(replace(number.bare, code=root + other, gap=gap, all_parts=False))


def _near(one: Asked) -> Iterator[str]:
    """Give the keys that differ from one in a single figure of its number: swapped, other, lost, added."""
    head = one.bare.rstrip("0123456789.-")
    figures, tail = one.bare[len(head) :], one.key[len(one.bare) :]
    places = [place for place, letter in enumerate(figures) if letter.isdecimal()]
    for place in places:
        before, after = figures[:place], figures[place + 1 :]
        if after[:1].isdecimal():
            yield f"{head}{before}{after[0]}{figures[place]}{after[1:]}{tail}"
    for place in places:
        before, after = figures[:place], figures[place + 1 :]
        for digit in "0123456789":
            yield f"{head}{before}{digit}{after}{tail}"
        if len(figures) > 2:
            yield f"{head}{before}{after}{tail}"
    for place in [*places, len(figures)]:
        for digit in "0123456789":
            yield f"{head}{figures[:place]}{digit}{figures[place:]}{tail}"
