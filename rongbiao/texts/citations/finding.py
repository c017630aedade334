"""Finding (识别): one pass over the hot spots of a text; each citation is read where it stands."""

from __future__ import annotations

from collections.abc import Callable

from rongbiao.texts.numbers import StandardNumber

from . import chinese, foreign
from .adoption import joined
from .beside import number_of
from .chinese import Hit
from .citation import Citation
from .clauses import clause_after
from .gates import passes
from .gates_abroad import foreign_passes
from .lists import items
from .quick import quick
from .spots import SPOT, capitals, stretch
from .tails import goes_on, with_tails

Reader = Callable[[str], Hit | None]  # of the stretch that begins with the code
ALONGSIDE = 4  # characters between two citations of one list
BESIDE = frozenset("、,，和及与或/；;")
NO_YEAR = frozenset("年月至版个人元")  # after a year that stands loose


def find_citations(text: str) -> list[Citation]:
    """Return the citations of standards in a text, in order; time grows with its length alone.

    Codes may be in any width and case, numbers broken by a line's end; offsets are those of the
    given text. A range is one citation, each member of a list is one, and a number that adopts
    another gives two. What names no standard (memory, models, committees, placeholders) gives none.

    >>> [str(one.number) for one in find_citations("按GB/T 19001—2016（ISO 9001:2015，IDT）执行")]
    ['GB/T 19001-2016', 'ISO 9001:2015']
    """
    raw = capitals(text)
    found: list[Citation] = []
    at = last = 0
    abroad = False
    search = SPOT.search
    while spot := search(raw, at):
        word, start = spot[1], spot.start()
        at = spot.end()
        if word not in KNOWN:
            continue
        taken = quick(raw, start, word) or read_at(raw, start, word, _follows(raw, last, start))
        if taken is None or taken[1] < last:  # the 3 of 3GPP may end the number before it
            continue
        number, start, end = taken
        abroad = abroad or word in ABROAD
        if goes_on(raw, end):
            number, end = with_tails(raw, number, end)
            found.append(Citation(number, start, end, text[start:end], clause_after(text, end)))
            more = tuple(items(raw, number, end))
            for other, begin, end in more:
                found.append(Citation(other, begin, end, text[begin:end], clause_after(text, end)))
        else:
            found.append(Citation(number, start, end, text[start:end]))
        at = max(at, end)
        last = end
    return joined(text, found) if abroad else found


def read_at(
    raw: str, start: int, word: str, follows: bool
) -> tuple[StandardNumber, int, int] | None:
    """Return number, start and end of the citation whose code begins here, None where none does."""
    said = stretch(raw, start)
    lead = 0
    if word in ABROAD:
        gate, hit = foreign_passes, ABROAD[word](said)
    elif word == "GPP":
        gate, lead = foreign_passes, 1
        hit = foreign.third_generation(said) if raw[start - 1 : start] in {"3", "３"} else None
    else:
        gate = passes
        hit = chinese.metrology(raw, start, said) if word in {"JJF", "JJG"} else None
        hit = hit or CHINESE[word](said)
    if hit is None:
        return None
    end = start + hit.length
    if hit.loose and raw[end : end + 2].lstrip()[:1] in NO_YEAR and not raw.startswith("年版", end):
        hit = _without_year(raw, start, hit)
        end = start + hit.length
    if (number := number_of(hit.plain)) is None or not gate(raw, start, end, hit, follows):
        return None
    return number, start - lead, end


def _without_year(raw: str, start: int, hit: Hit) -> Hit:
    length = len(raw[start : start + hit.length - len(hit.year)].rstrip())
    return hit._replace(plain=hit.plain[: -len(hit.year) - 1], length=length, year="", loose=False)


def _follows(raw: str, last: int, start: int) -> bool:
    """Whether a place comes right after a citation, run together with it or in one list."""
    if not last or start - last > ALONGSIDE:
        return False
    return start == last or raw[last:start].strip(" \t\n\u3000") in BESIDE


def _glued(reader: Callable[[str], Hit | None], length: int) -> Reader:
    """Return the reader of a code to which the letter of its number is glued: JTGB01, JISB0205."""

    def read(said: str) -> Hit | None:
        hit = reader(f"{said[:length]} {said[length:]}")
        return hit and hit._replace(length=hit.length - 1)

    return read


def _earthquakes(said: str) -> Hit | None:
    """Read DB: local numbers, and with a mark those of the earthquake sector."""
    if hit := chinese.local(said):
        return hit
    hit = chinese.listed(said, "DB", "")
    return hit if hit and hit.marked else None


def _chinese() -> dict[str, Reader]:
    def listed(code: str, mark: str) -> Reader:
        return lambda said: chinese.listed(said, code, mark)

    readers = {word: listed(*entry) for word, entry in chinese.GLUED.items()}
    readers["GBn"] = readers["GBN"]
    for word in chinese.WITH_LETTER:
        readers[word] = _glued(listed(word[:3], ""), 3)
    for word in ("DBS", "DBJ", "DGJ", "DG", "DBJT"):
        readers[word] = chinese.local
    readers |= {
        "DB": _earthquakes,
        "DBT": listed("DB", "T"),
        "RISN": chinese.design_guide,
        "G": chinese.spaced,
    }
    return readers | {"T": chinese.group, "Q": chinese.enterprise}


def _abroad() -> dict[str, Reader]:
    def other(word: str) -> Reader:
        return lambda said: foreign.foreign(said, word)

    readers = {word: other(word) for word in foreign.FOREIGN}
    for letter in "ABCDEFGHKLMPQRSTWXYZ":
        readers["JIS" + letter] = _glued(other("JIS"), 3)
    for word in ("ISO", "IEC", "CISPR", "IWA", "ISOTR", "ISOTS", "IECTR", "IECTS"):
        readers[word] = foreign.international
    return readers


CHINESE, ABROAD = _chinese(), _abroad()
KNOWN = CHINESE.keys() | ABROAD.keys() | {"GPP"}
