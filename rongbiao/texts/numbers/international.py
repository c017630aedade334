"""Numbers of ISO and IEC, alone and with others: stages, documents, amendments, consolidated versions."""

from __future__ import annotations

import re
from functools import lru_cache

from .notation import full_year
from .number import Change, NotANumber, StandardNumber

BODIES = "ISO|IEC|CISPR|IEEE|ASTM|ASME|CIE|HL7|OECD|SAE|UNDP|ITU|IDF|IIW|IULTCS|CEN|IWA"
STAGES = "PWI|NP|NWIP|AWI|WD|CD|DIS|FDIS|PRF|DTS|DTR|DPAS|DISP"
TYPES = "R|TR|TS|PAS|ISP|DATA|TTA|SRD|D?Guide|Directives|DIR|Guides"
PUBLISHERS = re.compile(
    rf"(?:(CD|AWI|WD|DIS|PRF|FDIS) )?((?:{BODIES})(?: ?/ ?(?:{BODIES})(?![A-Z]))*)"
    rf"((?:[ /-]+(?:{STAGES}|{TYPES})(?![A-Z]))*)",
    re.IGNORECASE | re.ASCII,
)
COMPACT = re.compile(r"^(ISO|IEC)(TR|TS|PAS)(?=[ -]?\d)", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(
    r"[ -]?((?:[A-Z]{1,2})?\d{1,6}[A-Z]{0,2}(?:-[A-Z]{0,5}\d{0,5}[A-Z]{0,5}(?=[-:./+ ,]|$))*?(?:-?/\d)?(?:\.\d)?)"
    r"(?:(?: ?: ?|-| )((?:19|20)\d\d)(?:-(\d\d))?)?(?=[^\w:-]|$)",
    re.IGNORECASE | re.ASCII,
)
CHANGE = re.compile(
    rf" ?([/+,]) ?(?:({STAGES}) )?(AMD|AMENDMENT|AM|A|CORRIGENDUM|CORR|COR|AC|ISH|FRAG|ADD|SUPPL|EXT|"
    r"FPDAM|PDAM|FDAM|DAM|FDCOR|DCOR|AMENDEMENT)\.? ?(\d{0,3}(?:\.\d)?)(?:[:-](\d{4})(?:-\d\d)?)?(?![\dA-Z])",
    re.IGNORECASE | re.ASCII,
)
VERSION = re.compile(
    r" (EXV-CMV|EXV-RLV|CSV|RLV|CMV|EXV|SER|DB|PRV|ED\d)(?![\w-])", re.IGNORECASE | re.ASCII
)
LANGUAGE = re.compile(r" ?\((?:[EFRDSA](?:/[EFRDSA])*|en|fr|zh|ru|de)\)$", re.IGNORECASE | re.ASCII)
NAMES = {
    "AMENDMENT": "AMD", "AMENDEMENT": "AMD", "AM": "AMD", "CORRIGENDUM": "COR", "CORR": "COR", "AC": "COR",
    "A": "AMD",
}  # fmt: skip
ISO_NAMES = {"AMD": "Amd", "COR": "Cor", "ADD": "Add", "SUPPL": "Suppl", "EXT": "Ext"}
# Documents of ISO and IEC that bear words where others bear numbers.
WORDED = re.compile(
    r"(?P<code>IEC (?:White Paper|Technology Report|Trend Report|Technology and Market Outlook Paper)"
    r"|(?:ISO/)?IEC DIR|IEC ACEE|IEC CA|IEC WT|ISO/IEC|IEC)"
    r"(?P<number> (?:(?<=DIR )(?:\d )?(?:ISO|IEC)(?: SUP)?|(?<=Paper )[\w :-]+?|(?<=Report )[\w :-]+?"
    r"|(?<=ACEE )\d+|(?<=CA )\d+|(?<=WT )\d+|\d{5}-HBK|CENT-CHAL|GIORGI|HANDB\d|VIM|SYMBOL|\d+-[A-Z]+|\d+-[A-Z]\d+))"
    r"(?::(?P<year>\d{4}))?(?P<version> CSV| DB| RLV)?:?",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=2000)
def _code(stage: str | None, publishers: str, words: str) -> str:
    bodies = re.sub(r" ?/ ?", "/", publishers.upper())
    kinds = [_kind(word) for word in re.split(r"[ /-]+", words.strip(" /-")) if word]
    if stage:
        kinds.insert(0, stage.upper())
    if not kinds:
        return bodies
    if bodies == "IWA":
        return " ".join([*kinds, bodies])
    joint = "/" if bodies == "ISO" and kinds != ["Guide"] else " "
    return bodies + joint + " ".join(kinds)


def _kind(word: str) -> str:
    upper = word.upper()
    return {"GUIDE": "Guide", "DGUIDE": "DGuide", "GUIDES": "Guide"}.get(upper, upper)


def read_international(text: str) -> StandardNumber:
    """Read a number of ISO or IEC, alone or with other bodies."""
    if text[-1] in "):":
        text = LANGUAGE.sub("", text).rstrip(":")
    if text[3:4].isalpha():
        text = COMPACT.sub(r"\1/\2", text, count=1)
    head = PUBLISHERS.match(text)
    if not head:
        raise NotANumber(f"“{text}”不是国际标准编号。")
    if head[1] and head[2].upper() != "IWA":
        raise NotANumber(f"“{text}”的阶段代号应在发布机构之后。")
    body = NUMBER.match(text, head.end())
    if not body:
        if re.match(
            r"[ /]*(TC|SC|WG|JTC|PC|TMB)(?![A-Z])", text[head.end() :], re.IGNORECASE | re.ASCII
        ):
            raise NotANumber(f"“{text}”是技术委员会的编号，不是标准编号。")
        return _worded(text)
    code = _code(*head.groups())
    number, year, month = body.groups()
    number = number.upper()
    date = f":{full_year(year)}" if year else ""
    if month:
        date += f"-{month}"
    try:
        changes = read_changes(text, body.end(), iso_style=code.startswith(("ISO", "IWA")))
    except NotANumber:
        if WORDED.fullmatch(text):
            return _worded(text)
        raise
    gap = " "
    return StandardNumber(
        code, gap, number, date, changes, int(year) if year else None, year_printed=year or ""
    )


def read_changes(text: str, at: int, *, iso_style: bool) -> tuple[Change, ...]:
    """Read amendments, corrigenda and versions from a place to the end; refuse what is neither."""
    changes: list[Change] = []
    while at < len(text):
        if found := CHANGE.match(text, at):
            changes.append(_change(found, iso_style=iso_style))
        elif found := VERSION.match(text, at):
            word = found[1].upper()
            changes.append(Change(word, "", None, f" {word}"))
        else:
            raise NotANumber(f"编号之后的“{text[at:].strip()}”看不懂。")
        at = found.end()
    return tuple(changes)


def _change(found: re.Match[str], *, iso_style: bool) -> Change:
    mark, stage, name, number, year = found.groups()
    mark = "/" if mark == "," else mark
    name = NAMES.get(name.upper(), name.upper())
    stage = f"{stage.upper()} " if stage else ""
    date = f":{full_year(year)}" if year else ""
    if iso_style:
        name = ISO_NAMES.get(name, name)
        spaced = f" {number}" if number else ""
        text = f"{mark}{stage}{name}{spaced}{date}"
    else:
        text = f"{mark}{stage}{name}{number}{date}"
    return Change((stage + name).strip(), number, int(year) if year else None, text)


def _worded(text: str) -> StandardNumber:
    if not (whole := WORDED.fullmatch(text)):
        raise NotANumber(f"“{text}”有发布机构，没有编号。")
    year, version = whole["year"], whole["version"]
    changes = (Change(version.strip().upper(), "", None, version.upper()),) if version else ()
    date = f":{full_year(year)}" if year else ""
    return StandardNumber(
        whole["code"], " ", whole["number"].strip(), date, changes,
        int(year) if year else None, year_printed=year or "",
    )  # fmt: skip
