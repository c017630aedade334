"""Where Chinese numbers begin and end in a stretch of text: listed codes, local, group, enterprise.

A reader here finds the extent and writes the number down plainly; ``read_number`` alone says
what it is. All patterns take the stretch from its first letter, are bounded, and never look back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rongbiao.texts.numbers.codes import CHINESE, PROVINCES

from .spots import stretch

# A year after its mark, perhaps broken by a blank or the end of a line; alone after a blank; after a dot.
YEAR = (
    r"(?:(?:[ \n]{0,2}[-_]{1,3}[ \n]{0,2}((?:1[ \n]?9|2[ \n]?0)[ \n]?\d[ \n]?\d)(?![Xx*]|\d[\d.-])"
    r"| ?-{1,2} ?([5-9]\d)(?![\d.%]\d?| ?%)"
    r"| ?: ?((?:19|20)\d\d)(?!\d)|[ \n]?\(((?:19|20)\d\d)\)"
    r"| ((?:19[89]|20[0-2])\d)(?![\dA-Za-z]|[./~-]\d| ?[./~:%-]| \d)))?"
)
SUFFIX = r"(?:[A-Z](?![A-Za-z]))?"
DIGITS = rf"\d{{1,10}}{SUFFIX}(?>(?:(?:\.|\.[ \n](?=\d{{1,3}} ?-{{1,2}} ?(?:19|20)\d\d)| \.(?=\d))\d{{1,4}}{SUFFIX})*)"
LISTED = re.compile(
    r"(?P<head>[A-Z]+n?\*?(?: ?[/_-]? ?([TZtz])(?![A-Za-z]))?)(?P<gap>[ \n]{0,3}[-_]?[ \n]?)"
    rf"(?P<number>{DIGITS}(?:/\d{{1,3}}(?= ?-{{1,2}} ?(?:19|20)?\d\d))?(?:-\d{{1,2}}(?=-(?:19|20)\d\d))?){YEAR}",
    re.ASCII,
)
# Codes whose numbers may begin with a letter, which is no mark: TSG Z6001, JTG F80/1.
LETTERED = re.compile(
    r"(?P<head>[A-Z]+(?: ?/ ?([TZ])(?![A-Za-z]))?)(?P<gap>[ \n:]{0,2}[-_]?)"
    rf"(?P<number>(?:[A-Z]{{1,2}} ?)?{DIGITS}(?:/\d{{1,3}}(?= ?-))?(?:-\d{{1,5}}(?=-(?:19|20)?\d\d))?){YEAR}",
    re.ASCII,
)
LETTERED_CODES = {"TSG", "ZB", "JTG", "SF", "CECS", "GSB"}
METROLOGY = re.compile(r"JJ[FG] ?[(（]([\u3400-\u9fff]{1,4})[)）] ?")
METROLOGY_NUMBER = re.compile(rf"(\d{{1,5}}(?:\.\d{{1,3}})*){YEAR}", re.ASCII)
COMPOUND = re.compile(
    rf"(?P<head>NB ?/ ?(SH|RB)(?: ?/ ?(T|Z))?)(?P<gap> ?)(?P<number>\d{{1,5}}(?:\.\d{{1,3}})*){YEAR}",
    re.ASCII,
)
LOCAL = re.compile(
    r"DB(S?) ?(\d{6}|\d{4}|\d\d)(?!\d)(\(J\))?(?: ?[/_-]? ?([TZtz])(?![A-Z]))?"
    rf"(?P<gap> ?/? ?(?:-(?=[\d.]+ ?-{{1,2}} ?\d))? ?)((?:J|G|YD)?\d{{1,6}}(?:\.\d{{1,4}})*){YEAR}",
    re.ASCII,
)
CLOSED = re.compile(r"DB ?-?(\d\d)(\d{1,6}) ?-{1,2} ?((?:19|20)\d\d|[5-9]\d)(?!\d)", re.ASCII)
BUILDING = re.compile(
    rf"(DBJ|DGJ|DG/TJ|DBJT) ?(?:/?(T))? ?(\d\d) ?- ?([A-Z]?\d{{1,5}}(?:\.\d+)*){YEAR}"
    rf"|(DBJ|DGJ) ?(\d\d) ?/ ?(TJ|T|J)?([ -]{{0,3}})(\d{{1,5}}(?:\.\d+)*){YEAR}",
    re.ASCII,
)
GROUP = re.compile(
    r"T ?/ ?((?:\d{2,6})?[A-Z]{2,12}(?:[-/][A-Z]{1,8})?(?:[A-Z0-9]{0,8}(?= \d))?)[ \n]?-?"
    rf"((?:G:)?[A-Z]{{0,2}}\d{{1,8}}(?:\.\d{{1,4}})*{SUFFIX}(?:[-/]\d{{1,4}}(?= ?-{{1,2}} ?\d{{4}}))?){YEAR}",
    re.ASCII,
)
ENTERPRISE = re.compile(
    r"Q ?/ ?((?:\d{2,8} ?)?[A-Z]{1,12}(?:[/-][A-Z]{1,8})*(?:[A-Z0-9]{0,8}(?= \d))?|\d{2,8}(?= ))[ -]?"
    r"([A-Z]{0,3}\d[A-Z0-9.]{0,15}(?:(?: \d[\d.]{0,9}){0,4}(?:-[A-Z0-9.]{1,12}){0,3}(?=-(?:19|20)\d\d(?!\d)))?)"
    rf"{YEAR}",
    re.ASCII,
)
GUIDE = re.compile(rf"RISN-TG ?-?(\d{{1,4}}){YEAR}", re.ASCII)


class Hit(NamedTuple):
    """What a reader found: the number plainly written, how far it reaches, and how it is written."""

    plain: str
    length: int
    code: str
    marked: bool  # the code says /T or /Z, or is of a shape that nothing else has
    digits: str
    year: str
    loose: bool  # the year stands after a blank only
    glued: bool  # nothing stands between code and digits


def year_of(groups: tuple[str | None, ...]) -> tuple[str, bool]:
    """Return the year of the groups of ``YEAR``, without what broke it, and whether it stood loose."""
    for place, digits in enumerate(groups):
        if digits:
            year = digits if digits.isdecimal() else re.sub(r"\D", "", digits)
            return ("19" + year if len(year) == 2 else year), place == 4
    return "", False


def listed(said: str, code: str, mark: str) -> Hit | None:
    """Read a number whose code stands in the table; ``mark`` is one glued to the code (GBT)."""
    if code == "NB" and (whole := COMPOUND.match(said)):
        code, mark, groups = f"NB/{whole[2]}", whole[3] or "", whole.groups()[5:]
    else:
        whole = (LETTERED if code in LETTERED_CODES else LISTED).match(said)
        dated = whole is not None and any(whole.groups()[4:])
        if not dated and (slip := SLIP.match(said)):  # letters that a scan took for figures
            meant = slip[1] + slip[0][len(slip[1]) :].translate(MEANT) + said[slip.end() :]
            whole = LISTED.match(meant)
        if whole is None:
            return None
        mark = mark or (whole[2] or "").upper()
        groups = whole.groups()[4:]
    number, end = whole["number"], whole.end()
    year, loose = year_of(groups)
    if "-" in number and "." in number and code not in LETTERED_CODES:
        # GB/T 5750.1-13-2006 is a range: what follows the first number is read as its end.
        number, _, rest = number.partition("-")
        year, loose, end = "", False, whole.end("number") - len(rest) - 1
    elif not number.isdecimal():
        number = number.replace(" ", "").replace("\n", "")
    if not year and end == whole.end():
        number, year, end = _without_year(said, number, end, code)
    joint = "-"
    if code == "CECS":  # the one that put a colon before its year
        if not year and (old := OLD_COLON.match(said, end)):
            year, end = f"19{old[1]}", old.end()
        joint = ":" if ":" in said[whole.end("number") : end] else "-"
    head = f"{code}/{mark}" if mark else code
    plain = f"{head} {number}{joint}{year}" if year else f"{head} {number}"
    return Hit(plain, end, code, bool(mark), number, year, loose, not whole["gap"])


SLIP = re.compile(
    r"((?:[A-Z]{2,4} ?/ ?[TZ]|GB) ?)(?=[\dlIOo.]{0,9}\d)[\dlIOo]{1,6}(?:\.[\dlIOo]{1,3})? ?-{1,2} ?"
    r"[12lI][\dOo][\dlIOo]{2}(?![\dA-Za-z])",
    re.ASCII,
)
MEANT = str.maketrans("lIOo", "1100")
OLD_COLON = re.compile(r" ?: ?([5-9]\d)(?!\d)", re.ASCII)
SPLIT = re.compile(r"\n(\d{1,4}(?:\.\d{1,3})?)-{1,2}((?:19|20)\d\d)(?!\d)", re.ASCII)
LAST_YEAR = re.compile(r"(.*)\.((?:19|20)\d\d)", re.ASCII)
LOST_DASH = re.compile(r"(\d{2,5}(?:\.\d{1,2})?)((?:19[89]|20[0-2])\d)", re.ASCII)


def spaced(said: str) -> Hit | None:
    """Read GB and GB/T whose letters a printer set apart: G B/T 9704-2012."""
    if not (head := SPACED.match(said)):
        return None
    hit = listed("GB" + said[head.end() :], "GB", "")
    return hit._replace(length=hit.length + head.end() - 2) if hit and hit.year else None


SPACED = re.compile(r"G {1,2}B(?= ?/ ?[TZ]| ?\d)", re.ASCII)


def _without_year(said: str, number: str, end: int, code: str) -> tuple[str, str, int]:
    """Return number, year, end where the year is not where it should be: in the next line, glued, dotted."""
    split = SPLIT.match(said, end) if number.isdecimal() else None
    if split and len(number) + len(split[1].partition(".")[0]) <= 5:
        return number + split[1], split[2], split.end()
    if "." in number and (dotted := LAST_YEAR.fullmatch(number)):
        return dotted[1], dotted[2], end
    digits = number.partition(".")[0]
    long = code == "GB" and len(number) > 5 and (len(digits) > 5 or "." in number)
    if long and (lost := LOST_DASH.fullmatch(number)):
        return lost[1], lost[2], end
    return number, "", end


def metrology(text: str, start: int, said: str) -> Hit | None:
    """Read JJF(闽) 1055-2012, whose code holds a Chinese character."""
    head = METROLOGY.match(text, start)
    if not head:
        return None
    rest = stretch(text, head.end())
    whole = METROLOGY_NUMBER.match(rest)
    if not whole:
        return None
    year, loose = year_of(whole.groups()[1:])
    code = f"{said[:3]}({head[1]})"
    plain = f"{code} {whole[1]}" + (f"-{year}" if year else "")
    return Hit(plain, head.end() - start + whole.end(), code, True, whole[1], year, loose, False)


def local(said: str) -> Hit | None:
    """Read a local number: DB35/T, DB3501/T, DB44/26, DBS, DBJ, DGJ, DG/TJ."""
    if said[:3] in {"DBJ", "DGJ"} or said[:2] == "DG":
        return _building(said)
    whole = LOCAL.match(said)
    closed = CLOSED.match(said)
    if closed and closed[1] in PROVINCES and (whole is None or not said[2:3].isspace()):
        year, _ = year_of((closed[3],))
        plain = f"DB{closed[1]}/{closed[2]}-{year}"
        return Hit(plain, closed.end(), f"DB{closed[1]}", False, closed[2], year, False, False)
    if whole is None or whole[2][:2] not in PROVINCES:
        return None
    food, owner, site, mark, gap, number, *groups = whole.groups()
    year, loose = year_of(tuple(groups))
    if not (mark or "/" in gap or year):
        return None
    mark = (mark or "").upper()
    number, year, end = (
        (number, year, whole.end()) if year else _without_year(said, number, whole.end(), "DB")
    )
    code = f"DB{food}{owner}{site or ''}"
    head = f"{code}/{mark} " if mark else f"{code}/"
    plain = f"{head}{number}" + (f"-{year}" if year else "")
    return Hit(plain, end, code, bool(mark), number, year, loose, not gap)


def _building(said: str) -> Hit | None:
    whole = BUILDING.match(said)
    if not whole:
        return None
    if whole[1]:
        head, mark, owner, number, *years = whole.groups()[:9]
        head, mark = ("DBJ", "T") if head == "DBJT" else (head, mark)
        code = f"{head}/T {owner}" if mark else f"{head}{owner}"
        gap = "-"
    else:
        head, owner, mark, joined, number, *years = whole.groups()[9:]
        code = f"{head}{owner}" + (f"/{mark}" if mark else "")
        gap = "-" if "-" in joined else " " if mark else "/"
    year, loose = year_of(tuple(years))
    plain = f"{code}{gap}{number}" + (f"-{year}" if year else "")
    return Hit(plain, whole.end(), code, True, number, year, loose, False)


def group(said: str) -> Hit | None:
    """Read the number of a group standard."""
    whole = GROUP.match(said)
    if not whole or set(whole[1]) == {"X"}:
        return None
    year, loose = year_of(whole.groups()[2:])
    plain = f"T/{whole[1]} {whole[2]}" + (f"-{year}" if year else "")
    return Hit(plain, whole.end(), f"T/{whole[1]}", False, whole[2], year, loose, False)


def enterprise(said: str) -> Hit | None:
    """Read the number of an enterprise standard."""
    whole = ENTERPRISE.match(said)
    if not whole or set(whole[1]) == {"X"}:
        return None
    year, loose = year_of(whole.groups()[2:])
    plain = f"Q/{whole[1]} {whole[2]}" + (f"-{year}" if year else "")
    return Hit(plain, whole.end(), f"Q/{whole[1]}", False, whole[2], year, loose, False)


def design_guide(said: str) -> Hit | None:
    """Read RISN-TG 028-2017."""
    whole = GUIDE.match(said)
    if not whole:
        return None
    year, loose = year_of(whole.groups()[1:])
    plain = f"RISN-TG {whole[1]}" + (f"-{year}" if year else "")
    return Hit(plain, whole.end(), "RISN-TG", True, whole[1], year, loose, False)


def _glued() -> dict[str, tuple[str, str]]:
    """Return every code as one word, alone and with its mark: GB, GBT, JGJT."""
    words = {word: (code, "") for word, code in CHINESE.items() if word.isalpha()}
    for word, (code, _) in list(words.items()):
        for mark in "TZ":
            if len(word) > 1 and word not in {"GBJ", "GBN", "DB", "TSG"}:
                words.setdefault(word + mark, (code, mark))
    return words


GLUED = _glued()
# Codes to which the letter of the number is glued: JTGB01, TSGR0004.
WITH_LETTER = {"JTG" + letter for letter in "ABCDEFGH"} | {"TSG" + letter for letter in "ADGNQRSTZ"}
