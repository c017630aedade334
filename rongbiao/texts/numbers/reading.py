"""Reading one number: notation, then tails that any number may have, then the grammar of its code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from .chinese import read_enterprise, read_group, read_listed, read_local, unknown
from .codes import CHINESE
from .foreign import PATTERNS, read_european, read_jis, read_other
from .international import read_international
from .itu import read_itu
from .notation import full_year, one_notation
from .number import Change, NotANumber, StandardNumber, shelf
from .plain import read_plain

Reader = Callable[[str], StandardNumber]
PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])\d{0,3}[Xx]{2,}(?![A-Za-z])|[×□＿_○]{2,}|[×□]|(?<=[-:])(?:19|20)\d?[Xx]|\*{2,}|#{2,}|\?{2,}",
    re.ASCII,
)
ALL_PARTS = re.compile(
    r" ?(?:\((?:所有|全部|各)部[分份]\)|(?:所有|全部)部[分份]|\(all ?parts\)|all ?parts)$",
    re.IGNORECASE,
)
EDITION = re.compile(
    r" ?(?:\(((?:19|20)\d\d) ?年? ?(?:修订)?版\)|((?:19|20)\d\d) ?年版)$", re.ASCII
)
OLD_CHANGE = re.compile(
    r" ?\(?(?:/|及其|含)? ?第 ?(\d{1,2}|[一二三四五六七八九十]) ?号修改单\)?$", re.ASCII
)
XG = re.compile(r" ?[/(]? ?XG ?(\d{1,2})(?: ?- ?(\d{4}))?\)?$", re.IGNORECASE | re.ASCII)
FOREIGN_HEAD = (
    r"(?:ISO|IEC|CISPR|ITU|IEEE|EN|ASTM|OIML|CAC|CODEX|IMO|RFC|ETSI|JIS|DIN|BS|IWA|CIE|UIC|SAE|API"
    r"|T[RS](?= [A-Z] \d{4}))"
)
ADOPTED = re.compile(
    r" ?\(? ?(?:(等同|修改|非等效|等效)(?:采用)? ?|(idt|mod|neq|eqv)[ :]+)?"
    rf"({FOREIGN_HEAD}(?![A-Z]).*?)"
    r"(?: ?[,;、] ?(IDT|MOD|NEQ|EQV|等同采用|修改采用|非等效采用?|等效采用))?\)$",
    re.IGNORECASE | re.ASCII,
)
JOINED = re.compile(
    rf"(?: ?/ ?| (idt|mod|neq|eqv) )(?={FOREIGN_HEAD}(?:/[A-Z]+)*(?![A-Z]).*\d)",
    re.IGNORECASE | re.ASCII,
)
RELATIONS = {"等同": "IDT", "修改": "MOD", "非等": "NEQ", "等效": "EQV"}
HAN_DIGITS = {digit: str(place) for place, digit in enumerate("一二三四五六七八九十", start=1)}
LETTERS = re.compile(r"(?:3GPP|AS/NZS|[A-ZÖ]+)", re.IGNORECASE | re.ASCII)
COMMITTEE = re.compile(
    r"(?:[A-Z/]+[ /])?(?:JTC|TC|SC|WG|SAC|TAG)[ /]*\d+(?:[ /]*(?:SC|WG|TC|CAG|AG)[ /]*\d+)*",
    re.IGNORECASE,
)


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = {}
    for code in PATTERNS:
        readers[code.upper()] = read_other(code)
    for code in [
        "BS",
        "DIN",
        "NF",
        "UNE",
        "UNI",
        "SS",
        "NEN",
        "ÖNORM",
        "EN",
        "CEN",
        "CENELEC",
        "PREN",
        "CLC",
        "HD",
        "CWA",
    ]:
        readers[code] = read_european
    for code in ["ISO", "IEC", "CISPR", "IWA", "ISOTR", "ISOTS", "ISOPAS", "IECTR", "IECTS"]:
        readers[code] = read_international
    for code in ["CD", "AWI", "WD", "DIS", "PRF", "FDIS"]:  # CD IWA 45
        readers[code] = read_international
    for code in ("ITU", "ITU-T", "ITU-R", "ITUT", "ITUR"):
        readers[code] = read_itu
    for code in ("JIS", "TR", "TS"):
        readers[code] = read_jis
    for code in ("DB", "DBS", "DBJ", "DGJ", "DG", "DBJT"):
        readers[code] = read_local
    readers["NF"] = _french
    readers["MIL"] = read_other("MIL")
    return readers


def _french(text: str) -> StandardNumber:
    return (
        read_european
        if re.match(r"NF[ -]+(EN|ISO|IEC)", text, re.IGNORECASE | re.ASCII)
        else read_other("NF")
    )(text)


READERS = _readers()


def read_number(text: str) -> StandardNumber:
    """Return the standard number that a text is; raises NotANumber with the reason.

    The whole text must be one number (or one range, or one number with what it adopts), in any
    notation. Time is linear in length, and what is longer than 200 characters is refused.
    """
    if (plain := read_plain(text)) is not None:
        return plain
    text = one_notation(text)
    if not text:
        raise NotANumber("没有文字。")
    if "~" in text:
        return _range(text)
    try:
        return _single(text)
    except NotANumber as why:
        if PLACEHOLDER.search(text):
            raise NotANumber(f"“{text}”是占位符，还不是编号。") from None
        if COMMITTEE.fullmatch(text):
            raise NotANumber(f"“{text}”是技术委员会的编号，不是标准编号。") from None
        raise why from None


def _single(text: str) -> StandardNumber:
    reader, chinese = _reader(text)
    try:
        number = reader(text)
    except NotANumber as why:
        number = _with_tail(text, chinese=chinese, why=why)
    return number


def _reader(text: str) -> tuple[Reader, bool]:
    letters = LETTERS.match(text)
    if not letters:
        raise NotANumber(f"“{text}”没有以标准代号开头。")
    head = letters[0].upper()
    after = text[letters.end() : letters.end() + 2].lstrip()
    if head in {"T", "Q"} and after.startswith("/"):
        return (read_group if head == "T" else read_enterprise), True
    if reader := READERS.get(head):
        return reader, head.startswith("D") and reader is read_local
    if head in CHINESE or (head[-1] in "TZ" and head[:-1] in CHINESE) or head == "RISN":
        return read_listed, True
    raise unknown(text, head)


def _with_tail(text: str, *, chinese: bool, why: NotANumber) -> StandardNumber:
    """Read a number with one tail cut off; each cut leaves a shorter text, so this ends."""
    if found := ALL_PARTS.search(text):
        return replace(_single(text[: found.start()]), all_parts=True)
    if not chinese:
        raise why
    if found := EDITION.search(text):
        return replace(_single(text[: found.start()]), edition=f"{found[1] or found[2]}年版")
    if found := XG.search(text):
        return _amended(text[: found.start()], found[1], found[2])
    if found := OLD_CHANGE.search(text):
        return _amended(text[: found.start()], HAN_DIGITS.get(found[1], found[1]), None)
    opened = text.rfind("(") if text.endswith(")") else 0
    if opened > 0 and (found := ADOPTED.fullmatch(text, opened)):
        relation = found[1] or found[2] or found[4] or ""
        relation = RELATIONS.get(relation[:2], relation.upper())
        return _adopting(text[:opened].rstrip(), found[3], relation)
    if found := JOINED.search(text):
        return _adopting(text[: found.start()], text[found.end() :], (found[1] or "").upper())
    raise why


def _amended(before: str, place: str, digits: str | None) -> StandardNumber:
    base = _single(before)
    year = full_year(digits) if digits else None
    text = f"/XG{int(place)}" + (f"-{year}" if year else "")
    return replace(base, changes=(*base.changes, Change("XG", str(int(place)), year, text)))


def _adopting(before: str, others: str, relation: str) -> StandardNumber:
    base = _single(before)
    if base.adopts:
        raise NotANumber(f"“{before}”已写明所采用的标准，不能再写“{others}”。")
    parts = re.split(
        rf" ?[,;、] ?(?={FOREIGN_HEAD}(?![A-Z]))", others, flags=re.IGNORECASE | re.ASCII
    )
    return replace(base, adopts=tuple(_single(part) for part in parts), relation=relation)


def _range(text: str) -> StandardNumber:
    first, _, last = text.partition("~")
    if "~" in last:
        raise NotANumber(f"“{text}”有不止一个“~”，不是一个范围。")
    left, right = first.strip(), last.strip()
    if not left or not right:
        raise NotANumber(f"“{text}”缺少范围的首或尾。")
    one = _single(left)
    if right[0].isalpha() and LETTERS.match(right) and not re.match(r"[A-Z]\d", right):
        two = _single(right)
    else:
        two = _single(_completed(one, right))
    if shelf(one.code)[2] != shelf(two.code)[2]:
        raise NotANumber(f"“{text}”首尾的标准代号不同，不是一个范围。")
    if one.upto or two.upto or one.adopts or two.adopts:
        raise NotANumber(f"“{text}”不是一个范围。")
    if two.year and not one.year:
        one = replace(one, date=two.date, year=two.year, year_printed=two.year_printed)
    return replace(one, upto=two)


def _completed(one: StandardNumber, right: str) -> str:
    """Return the end of a range in full: ``3102-93`` and ``.24`` take the rest from the first."""
    mark = "." if one.chinese else "-"
    body = right.lstrip(".-")
    own = re.match(r"[A-Z0-9.]+", body, re.IGNORECASE | re.ASCII)
    digits = own[0] if own else body
    stem = one.number
    if mark in one.number and (right[0] in ".-" or mark not in digits):
        stem = one.number.rpartition(mark)[0] + mark
    else:
        stem = ""
    return f"{one.code}{one.gap}{stem}{body}"
