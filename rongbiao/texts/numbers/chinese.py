"""Numbers of the Chinese system, but for their tails: code, mark, number, year."""

from __future__ import annotations

import re

from .codes import CHINESE, PROVINCES
from .notation import full_year
from .number import NotANumber, StandardNumber

CODES_WITH_LETTERS = {"JTG", "TSG", "ZB", "SF", "CECS", "JJG", "JJF", "WS", "GA", "WJ", "EJ", "TB"}
YEAR = r"(?: ?([-:]|(?<=\d) ) ?(\d{4}|\d\d(?!\d))年?)?"
DIGITS = r"\d{1,8}[A-Z]?(?:\.\d{1,4}[A-Z]?)*(?:/\d{1,3})?(?:\.\d{1,3})?"
LETTERED = r"(?:[A-Z]{1,2} ?)?" + DIGITS
HEAD = re.compile(r"([A-Z]+)(\*?)(?:(?: ?[/_-] ?| )([TZ])(?![A-Z]))?", re.IGNORECASE | re.ASCII)
SUFFIX = re.compile(r" ?\((\w{1,4})\)")
BODY = re.compile(
    rf" ?[-_]? ?({LETTERED}(?:-\d{{1,5}}(?=-\d{{4}}))?){YEAR}", re.IGNORECASE | re.ASCII
)
COMPOUND = re.compile(
    r"NB ?/ ?(SH|RB)(?: ?/ ?(T|Z))? ?(\d+(?:\.\d+)*)" + YEAR, re.IGNORECASE | re.ASCII
)

DB = re.compile(
    r"DB(S?) ?(\d{6}|\d{4}|\d\d)(?!\d)(\(J\))?(?: ?[/_-]? ?([TZ])(?![A-Z]))?"
    rf" ?/? ?(?:-(?=[\d.]+-\d))? ?((?:J|G|YD)?\d{{1,6}}(?:\.\d{{1,4}})*){YEAR}",
    re.IGNORECASE | re.ASCII,
)
DB_CLOSED = re.compile(r"DB ?(\d\d)(\d{1,6})(?:-(\d{4}|\d\d))", re.IGNORECASE | re.ASCII)
DBJ = re.compile(
    rf"(DBJ|DGJ|DG/TJ) ?(?:/?(T))? ?(\d\d) ?- ?([A-Z]?\d{{1,5}}(?:\.\d+)*){YEAR}",
    re.IGNORECASE | re.ASCII,
)
DBJ_MARKED = re.compile(
    rf"(DBJ|DGJ) ?(\d\d) ?/ ?(TJ|T|J)?([ -]*)(\d{{1,5}}(?:\.\d+)*){YEAR}",
    re.IGNORECASE | re.ASCII,
)
GROUP = re.compile(
    r"T ?/ ?((?!X{2,}(?![A-Z]))(?:\d{2,6})?[A-Z]{2,}(?:-[A-Z]+)?(?:[A-Z0-9]*(?= ))?)"
    r" ?-?((?:G:)?[A-Z]{0,2}\d{1,8}(?:\.\d{1,4})*[A-Z]?(?:[-/]\d{1,4}(?=-\d{4}))?)" + YEAR,
    re.IGNORECASE | re.ASCII,
)
ENTERPRISE = re.compile(
    r"Q ?/ ?((?:\d{2,8} ?)?[A-Z]{1,}(?:[/-][A-Z]+)*(?:[A-Z0-9]*(?= ))?|\d{2,8}(?= ))"
    r" ?([A-Z]{0,3}-?\d[A-Z0-9.]*(?:[ ][A-Z0-9.]+)*(?>(?:-[A-Z0-9.]{1,12}(?=-))*))" + YEAR,
    re.IGNORECASE | re.ASCII,
)
IMPOSSIBLE = {"GBJ/T", "GBJ/Z", "GBn/T", "GBn/Z", "GBZ/Z"}
NOT_STANDARDS = {
    "GBW": "标准物质编号", "GJBT": "标准设计图集号", "J": "工程建设标准备案号", "ICS": "国际标准分类号",
    "CCS": "中国标准分类号", "CN": "刊号", "ISBN": "书号", "ISSN": "刊号", "ZL": "专利号", "CAS": "化学物质登记号",
}  # fmt: skip


def dated(digits: str | None, mark: str = "-") -> tuple[str, int | None, str]:
    """Return the date as printed in canonical form, the year, and the digits as written."""
    if not digits:
        return "", None, ""
    year = full_year(digits)
    return f"{mark}{year}", year, digits


def made(code: str, gap: str, number: str, digits: str | None, mark: str = "-") -> StandardNumber:
    """Return a number with its year."""
    date, year, printed = dated(digits, mark)
    return StandardNumber(code, gap, number.upper(), date, (), year, year_printed=printed)


def read_listed(text: str) -> StandardNumber:
    """Read a number whose code stands in the table: GB, sector, engineering, military, metrology …"""
    if whole := COMPOUND.fullmatch(text):
        sub, mark, number, _, digits = whole.groups()
        return made(f"NB/{sub.upper()}" + (f"/{mark.upper()}" if mark else ""), " ", number, digits)
    if text[:5].upper() == "RISN-":
        return _design_guide(text)
    own, rest = _code(text)
    if not rest.strip(" -/_"):
        raise NotANumber(f"“{text}”只有标准代号，没有顺序号。")
    body = BODY.fullmatch(rest)
    if not body:
        raise NotANumber(f"“{rest.strip()}”不是标准代号“{own}”之后的顺序号和年份。")
    number, joined, digits = body.groups()
    if number[0].isalpha() and re.split(r"[/(]", own)[0] not in CODES_WITH_LETTERS:
        raise NotANumber(f"标准代号“{own}”的顺序号不以字母开头，不能有“{number}”。")
    # Only CECS put a colon before its year, and keeps it.
    year_mark = ":" if joined == ":" and own == "CECS" else "-"
    return made(own, " ", number.replace(" ", ""), digits, year_mark)


def _code(text: str) -> tuple[str, str]:
    """Return the code of a text, with its mark, and what follows it."""
    head = HEAD.match(text)
    if not head:
        raise NotANumber(f"“{text}”没有以标准代号开头。")
    code, mark, rest = head[1].upper(), (head[3] or "").upper(), text[head.end() :]
    glued = code not in CHINESE and code not in NOT_STANDARDS and code[:-1] in CHINESE
    if glued and not mark and code[-1] in "TZ":  # GBT 1.1
        code, mark = code[:-1], code[-1]
    if code not in CHINESE:
        raise unknown(text, code)
    own = CHINESE[code]
    if own == "TSG" and mark and "/" not in head[0]:  # TSG Z6001: the number's own letter
        mark, rest = "", text[len(code) :]
    if f"{own}/{mark}" in IMPOSSIBLE:
        raise NotANumber(f"没有“{own}/{mark}”这个标准代号。")
    if own in {"JJF", "JJG"} and (suffix := SUFFIX.match(rest)):
        own, rest = f"{own}({suffix[1]})", rest[suffix.end() :]
    return (f"{own}/{mark}" if mark else own), rest


def _design_guide(text: str) -> StandardNumber:
    if guide := re.fullmatch(rf"RISN-TG ?-?(\d{{1,4}}){YEAR}", text, re.IGNORECASE | re.ASCII):
        return made("RISN-TG", " ", guide[1], guide[3])
    raise NotANumber(f"“{text}”不是技术导则的编号。")


def unknown(text: str, code: str) -> NotANumber:
    """Return the refusal of a text whose first letters are no code."""
    if code in NOT_STANDARDS and re.search(r"\d", text):
        return NotANumber(f"“{text}”是{NOT_STANDARDS[code]}，不是标准编号。")
    return NotANumber(f"“{code}”不是已知的标准代号。")


def read_local(text: str) -> StandardNumber:
    """Read a local number: DB35/T, DB3501/T, DB44/26, DBS, DBJ, DGJ, DG/TJ; DB/T is the earthquake sector."""
    text = re.sub(r"^DB ?[-_] ?", "DB ", text, flags=re.IGNORECASE)
    if (whole := DBJ.fullmatch(text)) or (marked := DBJ_MARKED.fullmatch(text)):
        return _engineering(whole) if whole else _marked(marked)  # type: ignore[arg-type]
    if whole := DB.fullmatch(text):
        food, owner, building, mark, number, _, digits = whole.groups()
        _known(owner)
        code = f"DB{food.upper()}{owner}{(building or '').upper()}" + (
            f"/{mark.upper()}" if mark else ""
        )
        return made(code, " " if mark else "/", number, digits)
    if (whole := DB_CLOSED.fullmatch(text)) and whole[1] in PROVINCES:
        return made(f"DB{whole[1]}", "/", whole[2], whole[3])
    if (owned := re.match(r"DB ?(\d\d)", text, re.IGNORECASE | re.ASCII)) and owned[1] in PROVINCES:
        raise NotANumber(f"“{text}”不是地方标准编号：应为“DB”、行政区划代码、顺序号和年份。")
    return read_listed(text)


def _known(owner: str) -> None:
    if owner[:2] not in PROVINCES:
        raise NotANumber(f"“{owner[:2]}”不是省级行政区划代码，不能有“DB{owner}”。")


def _engineering(whole: re.Match[str]) -> StandardNumber:
    head, mark, owner, number, _, digits = whole.groups()
    head = head.upper()
    return made(f"{head}/T {owner}" if mark else f"{head}{owner}", "-", number, digits)


def _marked(marked: re.Match[str]) -> StandardNumber:
    head, owner, mark, joined, number, _, digits = marked.groups()
    code = f"{head.upper()}{owner}" + (f"/{mark.upper()}" if mark else "")
    gap = "-" if "-" in joined else " " if mark else "/"
    return made(code, gap, number, digits)


def read_group(text: str) -> StandardNumber:
    """Read the number of a group standard: ``T/`` and the code of the body."""
    if not (whole := GROUP.fullmatch(text)):
        raise NotANumber(f"“{text}”不是团体标准编号：应为“T/”、团体代号、顺序号和年份。")
    code, number, _, digits = whole.groups()
    return made(f"T/{code.upper()}", " ", number, digits)


def read_enterprise(text: str) -> StandardNumber:
    """Read the number of an enterprise standard: ``Q/``, the code of the enterprise, its own number."""
    if re.fullmatch(r"Q ?/ ?[A-Z]+", text, re.IGNORECASE):
        raise NotANumber(f"“{text}”只有企业代号，没有顺序号。")
    if not (whole := ENTERPRISE.fullmatch(text)):
        raise NotANumber(f"“{text}”不是企业标准编号：应为“Q/”、企业代号、顺序号和年份。")
    code, number, _, digits = whole.groups()
    return made(f"Q/{code.upper()}", " ", number, digits)
