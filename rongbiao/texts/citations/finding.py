"""Finding (识别): one pass over the hot spots of a text; each citation is read where it stands."""

from __future__ import annotations

from rongbiao.texts.numbers import StandardNumber

from .adoption import joined
from .chinese import (
    GLUED,
    WITH_LETTER,
    Hit,
    design_guide,
    enterprise,
    group,
    listed,
    local,
    metrology,
)
from .citation import Citation
from .clauses import clause_after
from .foreign import FOREIGN, INTERNATIONAL_WORDS, foreign, international, third_generation
from .gates import foreign_passes, passes
from .quick import quick
from .spots import SPOT, capitals, stretch
from .tails import goes_on, items, number_of, with_tails

LOCAL_WORDS = {"DB", "DBS", "DBJ", "DGJ", "DG", "DBJT"}
KNOWN = {
    *GLUED,
    *WITH_LETTER,
    *LOCAL_WORDS,
    *FOREIGN,
    *INTERNATIONAL_WORDS,
    "T",
    "Q",
    "RISN",
    "GPP",
    "ISOTR",
    "ISOTS",
    "IECTR",
    "IECTS",
    "DBT",
    "GBn",
}
ABROAD = {*FOREIGN, *INTERNATIONAL_WORDS, "GPP", "ISOTR", "ISOTS", "IECTR", "IECTS"}
ALONGSIDE = 4  # characters between two citations of one list


def find_citations(text: str) -> list[Citation]:
    """Return the citations of standards in a text, in order; time grows with its length alone.

    Codes may be in any width and case, numbers broken by a line's end; offsets are those of the
    given text. A range is one citation, each member of a list is one, and a number that adopts
    another gives two. What names no standard (memory, models, committees, placeholders) gives none.

    >>> [str(one.number) for one in find_citations("按GB/T 19001—2016（ISO 9001:2015，IDT）及GB 3100～3102-93执行")]
    ['GB/T 19001-2016', 'ISO 9001:2015', 'GB 3100-1993~GB 3102-1993']
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
        taken = quick(raw, start, word) or _read(
            raw, start, word, _follows(raw, last, start, found)
        )
        if taken is None:
            continue
        number, start, end = taken
        abroad = abroad or word in ABROAD
        if goes_on(raw, end):
            number, end = with_tails(raw, number, end)
            found.append(Citation(number, start, end, text[start:end], clause_after(text, end)))
            for number, start, end in items(raw, number, end):
                found.append(Citation(number, start, end, text[start:end], clause_after(text, end)))
        else:
            found.append(Citation(number, start, end, text[start:end]))
        at = max(at, end)
        last = end
    return joined(text, found) if abroad else found


def _follows(raw: str, last: int, start: int, found: list[Citation]) -> bool:
    """Whether a place comes right after a citation, run together with it or in one list."""
    if not found or start - last > ALONGSIDE:
        return False
    return start == last or raw[last:start].strip(" \t\n\u3000") in {
        "、",
        ",",
        "，",
        "和",
        "及",
        "与",
        "或",
        "/",
        "；",
        ";",
    }


def _read(raw: str, start: int, word: str, follows: bool) -> tuple[StandardNumber, int, int] | None:
    said = stretch(raw, start)
    hit, gate, lead = _hit(raw, start, word, said), passes, 0
    if hit is not None and word == "GPP":
        lead = 1
    if hit is None or word in INTERNATIONAL_WORDS or word in FOREIGN or word == "GPP":
        gate = foreign_passes
    if hit is None:
        return None
    number = number_of(hit.plain)
    end = start + hit.length
    if (
        hit.loose
        and raw[end : end + 2].lstrip()[:1] in {"年", "月", "至", "版", "个", "人", "元"}
        and not raw.startswith("年版", end)
    ):
        end, number, hit = _without_loose_year(raw, start, hit)
    if number is None or not gate(raw, start, end, hit, follows):
        return None
    return number, start - lead, end


def _without_loose_year(raw: str, start: int, hit: Hit) -> tuple[int, StandardNumber | None, Hit]:
    plain = hit.plain[: -len(hit.year) - 1]
    end = start + hit.length - len(hit.year)
    end -= len(raw[start:end]) - len(raw[start:end].rstrip())
    return end, number_of(plain), hit._replace(year="", loose=False, plain=plain)


def _hit(raw: str, start: int, word: str, said: str) -> Hit | None:
    if word in LOCAL_WORDS or word == "DBT":
        hit = local(said, word) if word != "DBT" else None
        if hit is None and word in {"DB", "DBT"}:
            hit = listed(said, "DB", "T" if word == "DBT" else "")
            return hit if hit and hit.marked else None
        return hit
    if word == "T":
        return group(said)
    if word == "Q":
        return enterprise(said)
    if word in INTERNATIONAL_WORDS or word[:5] in {"ISOTR", "ISOTS", "IECTR", "IECTS"}:
        return international(said)
    if word in GLUED or word == "GBn":
        if word in {"JJF", "JJG"} and (hit := metrology(raw, start, said)):
            return hit
        code, mark = GLUED.get(word) or GLUED["GBN"]
        return listed(said, code, mark)
    if word in WITH_LETTER:
        hit = listed(f"{said[:3]} {said[3:]}", word[:3], "")
        return hit and hit._replace(length=hit.length - 1)
    if word == "GPP":
        return third_generation(raw, start, said)
    if word == "RISN":
        return design_guide(said)
    return foreign(said, word)
