"""What follows a number and belongs to it: ranges, all parts, editions, amendments, further numbers of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number
from rongbiao.texts.numbers.notation import DASHES, SLASHES, SPACES_OF_PRINT, TILDES

BLANK = rf"[ \t{SPACES_OF_PRINT}]"
DASH = rf"[-_{DASHES}]"
YEARS = rf"(?:{BLANK}?(?:{DASH}{{1,2}}|[:：]){BLANK}?((?:19|20)\d\d|[5-9]\d)(?!\d))?"
NEXT = re.compile(
    rf"{BLANK}{{0,2}}\n?{BLANK}{{0,2}}(?:[~{TILDES}至到/{SLASHES}(（[【、,，:：和及与或以{DASHES}\-第含所全各XAa《中的之里附表图圖§定条條款章&\d]|Clause|Table|Section|Figure)"
)
ALL_PARTS = re.compile(
    rf"{BLANK}?\n?(?:[(（]{BLANK}?(?:所有|全部|各){BLANK}?部{BLANK}?[分份]{BLANK}?[)）]|(?:所有|全部)部[分份]|[(（]?{BLANK}?all{BLANK}?parts[)）]?)",
    re.IGNORECASE,
)
EDITION = re.compile(
    rf"{BLANK}?(?:[(（]{BLANK}?((?:19|20)\d\d){BLANK}?年?{BLANK}?(?:局部)?(?:修订|修訂)?版{BLANK}?[)）]|((?:19|20)\d\d){BLANK}?年版)"
)
AMENDED = re.compile(
    rf"{BLANK}?[/／(（]?{BLANK}?(?:及其|及|含|和)?{BLANK}?第{BLANK}?(\d{{1,2}}|[一二三四五六七八九十]){BLANK}?[号號]修改[单單][)）]?"
    rf"|{BLANK}?[/／(（]?{BLANK}?XG{BLANK}?(\d{{1,2}})(?:{BLANK}?{DASH}{{1,2}}{BLANK}?((?:19|20)\d\d))?(?!\d)[)）]?"
)
HAN = {digit: str(place) for place, digit in enumerate("一二三四五六七八九十", start=1)}
RANGE = re.compile(
    rf"{BLANK}?(?:[{TILDES}~]|[至到]|{DASH}{{1,2}})\n?{BLANK}?(?:([A-Z]{{1,8}}(?:{BLANK}?[/／]{BLANK}?[A-Z]{{1,10}})*){BLANK}?)?"
    rf"(\.?\d{{1,6}}[A-Z]?(?:[.．-]\d{{1,4}}(?!\d))*?)(?:{BLANK}?(?:{DASH}{{1,2}}|[:：]){BLANK}?((?:19|20)\d\d|[5-9]\d))?(?![\d.．]*\d)",
)
ITEM = re.compile(
    rf"(?:{BLANK}?\n?(?:[、,，/／]{BLANK}?(?:和|及|与|或)?|和|及|与|或|以及|and |& ?)\n?{BLANK}?)(\.?\d{{1,6}}(?:[.．]\d{{1,4}}(?!\d))*){YEARS}"
)
NOT_AFTER = re.compile(
    rf"{BLANK}?(?:[类類级級条條章节節项項款号號页頁卷年月日时時分秒个個种種次台套人份元万亿倍%％℃°×*=＝<>≤≥＜＞m㎡]|\d|[-—–－~～.．]{BLANK}?\d|[A-Za-zΩμ])"
)
LAST = re.compile(r"[^\d]?\d+[A-Z]?$")


def goes_on(text: str, end: int) -> bool:
    """Return whether what follows a number may belong to it: a tail, a list, a clause."""
    return NEXT.match(text, end) is not None


@lru_cache(maxsize=1 << 14)
def number_of(plain: str) -> StandardNumber | None:
    """Return the number that a plainly written text is, or None."""
    try:
        return read_number(plain)
    except NotANumber:
        return None


def with_range(text: str, number: StandardNumber, end: int) -> tuple[StandardNumber, int]:
    """Return a number with the end of its range, where one follows."""
    whole = RANGE.match(text, end)
    if not whole:
        return number, end
    other, last, year = whole.groups()
    sign = text[end : whole.start(1) if other else whole.start(2)].strip()
    hyphen = sign[-1:] in "-_" + DASHES
    if other and "".join(other.split()).replace("／", "/") not in {
        number.code,
        number.code.replace("/", ""),
    }:
        return number, end
    last = last.replace("．", ".")
    if hyphen and not other and not _hyphen_range(number, last, year):
        return number, end
    if sign in {"至", "到"} and not other and NOT_AFTER.match(text, whole.end()):
        return number, end
    if not year and NOT_AFTER.match(text, whole.end()) and not other:
        return number, end
    stem = number.number
    mark = "." if number.chinese else "-"
    last = last.removeprefix(".")
    base, _, own = stem.rpartition(mark)
    if base and mark not in last and (len(last) < len(stem.partition(mark)[0]) or len(last) <= 3):
        last = f"{base}{mark}{last}"
    if _order(last, mark) <= _order(stem, mark):
        return number, end
    date = (
        ("-" if number.chinese and not number.date.startswith(":") else ":") + _full(year)
        if year
        else ""
    )
    head = number.code + number.gap
    first = str(number)
    plain = f"{first}~{head}{last}{date or number.date}"
    found = number_of(plain)
    return (found, whole.end()) if found and found.upto else (number, end)


def _full(year: str) -> str:
    return year if len(year) == 4 else f"19{year}"


def _order(number: str, mark: str) -> tuple[int, ...]:
    return tuple(int(piece) for piece in re.findall(r"\d+", number))


def _hyphen_range(number: StandardNumber, last: str, year: str | None) -> bool:
    """Whether "first-last" is a range: the same stem or length, rising, and no year or part."""
    if number.year or not number.chinese:
        return False
    stem, _, part = number.number.rpartition(".")
    last_stem, _, last_part = last.rpartition(".")
    if not part.isdecimal() or not last_part.isdecimal():
        return False
    if stem and stem == last_stem:
        return int(last_part) > int(part)
    if stem and not last_stem:
        return (
            len(last) <= 3
            and int(last) > int(part)
            and (bool(year) or (len(last) == 1 and len(part) == 1))
        )
    if not stem and not last_stem:
        return (
            len(part) == len(last)
            and len(part) > 2
            and 0 < int(last) - int(part) < 100
            and (bool(year) or not last.startswith(("19", "20")))
        )
    return False


def with_tails(text: str, number: StandardNumber, end: int) -> tuple[StandardNumber, int]:
    """Return a number with what is said of it right after: edition, amendments, all parts, range."""
    number, end = with_range(text, number, end)
    if number.chinese:
        if (whole := EDITION.match(text, end)) and not number.upto:
            number, end = _tailed(number, f"{number}({whole[1] or whole[2]}年版)", whole.end(), end)
        while (whole := AMENDED.match(text, end)) and not number.upto:
            place = HAN.get(whole[1], whole[1]) if whole[1] else whole[2]
            plain = f"{number}/XG{place}" + (f"-{whole[3]}" if whole[3] else "")
            tailed, at = _tailed(number, plain, whole.end(), end)
            if at == end:
                break
            number, end = tailed, at
    if (whole := ALL_PARTS.match(text, end)) and not number.upto:
        number, end = _tailed(number, f"{number} (all parts)", whole.end(), end)
    return number, end


def _tailed(number: StandardNumber, plain: str, at: int, end: int) -> tuple[StandardNumber, int]:
    found = number_of(plain)
    return (found, at) if found else (number, end)


def items(text: str, number: StandardNumber, end: int) -> Iterator[tuple[StandardNumber, int, int]]:
    """Give the further numbers of a list that share the code: ``GB 2760、2761``, ``2423.1、.2和.3``."""
    if number.changes or number.edition:
        return
    head = number.code + number.gap
    mark = "." if number.chinese else "-"
    before = number.upto or number
    while whole := ITEM.match(text, end):
        item, year = whole[1].replace("．", "."), whole[2]
        sign = text[end : whole.start(1)].strip()
        completed = _completed(before, item, year, sign, mark, text, whole.end())
        if not completed:
            return
        date = (before.date[:1] or ("-" if number.chinese else ":")) + _full(year) if year else ""
        found = number_of(f"{head}{completed}{date}")
        if found is None:
            return
        start = whole.start(1)
        found, end = with_tails(text, found, whole.end())
        yield found, start, end
        before = found.upto or found


def _completed(
    before: StandardNumber, item: str, year: str | None, sign: str, mark: str, text: str, at: int
) -> str:
    """Return an item of a list in full, or nothing where it is no number of the list."""
    first, _, part = before.number.partition(mark)
    first_digits = re.sub(r"\D", "", first)
    if item.startswith("."):
        stem = before.number.rpartition(mark)[0] or before.number
        return (
            f"{stem}{mark}{item[1:]}"
            if mark in before.number and not NOT_AFTER.match(text, at)
            else ""
        )
    if NOT_AFTER.match(text, at):
        return ""
    if before.year and not year:
        return ""
    item_first, _, item_part = item.partition(".")
    if not number_like(before):
        return ""
    if item_first == first_digits and item_part and mark == ".":
        return item
    if sign in {"/", "／"} and len(item_first) < 4:
        return ""
    yearlike = len(item_first) == 4 and item_first[:2] in {"19", "20"}
    if yearlike and not year and not (len(first) == 4 and first[:2] in {"19", "20"}):
        return ""
    if len(item_first) >= 3 and abs(len(item_first) - len(first_digits)) <= 1:
        return item if mark == "." or not item_part else ""
    if part and not item_part and len(item) <= 3 and mark == "." and not year:
        last = before.number.rpartition(mark)[2]
        closes = re.compile(
            rf"{BLANK}?(?:[、,，;；)）。和及与或]|$|\n|等|标准|規|规|的|进行|要求|中|部分)"
        ).match(text, at)
        if (
            (last.isdecimal()
            and int(item) > int(last)
            and closes
            and "、" in sign + text[at : at + 1])
            or (
                sign in {"和", "及", "与"} and closes and last.isdecimal() and int(item) > int(last)
            )
        ):
            return f"{before.number.rpartition(mark)[0]}{mark}{item}"
    return ""


def number_like(number: StandardNumber) -> bool:
    """Whether the number is of figures alone, so that others of its list can be."""
    return number.number.replace(".", "").replace("-", "").isdecimal()
