"""Numbers of regional and foreign bodies: EN and what adopts it, JIS, ASTM, IEEE, RFC and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable

from .international import read_changes
from .notation import full_year
from .number import Change, NotANumber, StandardNumber

COLON = r"(?:(?: ?: ?|-| (?=(?:19|20)\d\d))((?:19|20)\d\d)(?:-(\d\d))?)?(?=[^\w-]|$)"
NATIONS = "BS|DIN|NF|UNE|UNI|SS|NEN|ÖNORM|SN|SFS|NS|DS|PN|CSN|STN|NBN|IS|I\\.S\\."
EUROPEAN = re.compile(
    rf"((?:(?:{NATIONS})[ -]+)?(?:PR)?(?:EN|CEN|CENELEC|CLC|HD|CWA)(?:/(?:CLC|CENELEC|CEN))?"
    r"(?:[ /-]*(?:ISO/IEC|ISO/ASTM|ISO|IEC|CEN|ETSI|TS|TR|CWA|CLC|HD|V))*"
    rf"|(?:{NATIONS})(?:[ -]+(?:ISO/IEC|ISO|IEC|VDE|PAS|PD|TS|TR|SPEC|CEN/TS|CEN/TR|OHSAS))*)"
    r"[ -]*((?:(?!ISO|IEC|EN)[A-Z]{1,3} ?)?\d{1,6}[A-Z]?(?:-\d{1,4}[A-Z]?(?![\dA-Z]))*?(?:\.\d{1,3})*)" + COLON,
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
JIS = re.compile(
    r"(?:JIS[ /-]*)?(?:(TR|TS) )?(?<![A-Z])([A-Z]) ?(\d{4,5}(?:-\d{1,3})*)(?:[:-](\d{4})(R?))?(?=\D|$)",
    re.IGNORECASE | re.ASCII,
)
JIS_CHANGE = re.compile(
    r" ?/ ?(AMENDMENT|AMD|CORRIGENDUM|COR|EXPLANATION|EXPL|ERRATA|ERRATUM) ?(\d{0,3})(?::(\d{4})(R?))?(?![\dA-Z])",
    re.IGNORECASE | re.ASCII,
)
SYMBOL = re.compile(r" SYMBOL ([\w -]{1,60})$", re.IGNORECASE | re.ASCII)


def _date(year: str | None, month: str | None = None, mark: str = ":") -> tuple[str, int | None]:
    if not year:
        return "", None
    return f"{mark}{full_year(year)}" + (f"-{month}" if month else ""), int(year)


def read_european(text: str) -> StandardNumber:
    """Read EN numbers and those of the bodies that adopt them: BS, DIN, NF …"""
    head = EUROPEAN.match(text)
    if not head:
        raise NotANumber(f"“{text}”有发布机构，没有看得懂的编号。")
    code = re.sub(r"(EN|CEN|CLC)(?=ISO|IEC|TS|TR)", r"\1 ", head[1].upper())
    code = re.sub(r"[ -]+", " ", code).replace("PREN", "prEN").strip()
    date, year = _date(head[3], head[4])
    changes = read_changes(text, head.end(), iso_style=False)
    changes = tuple(_european_change(change) for change in changes)
    number = re.sub(r"^([A-Z]+) ?(?=\d)", r"\1 ", head[2].upper())
    return StandardNumber(code, " ", number, date, changes, year, year_printed=head[3] or "")


def _european_change(change: Change) -> Change:
    year = f":{change.year}" if change.year else ""
    mark, name = change.text[0], {"AMD": "A", "COR": "AC"}.get(change.kind)
    return (
        Change(name, change.number, change.year, f"{mark}{name}{change.number}{year}")
        if name
        else change
    )


def read_jis(text: str) -> StandardNumber:
    """Read a Japanese number: JIS, and the TR and TS that are printed without it."""
    head = JIS.match(text)
    if not head:
        raise NotANumber(f"“{text}”不是日本标准编号：应为部门字母和四五位数字。")
    document, letter, number, year, reprint = head.groups()
    date, of = _date(year)
    changes: list[Change] = []
    at = head.end()
    while found := JIS_CHANGE.match(text, at):
        name = {"AMD": "AMENDMENT", "COR": "CORRIGENDUM"}.get(found[1].upper(), found[1].upper())
        printed = f"/{name}" + (f" {found[2]}" if found[2] else "")
        printed += f":{full_year(found[3])}{found[4].upper()}" if found[3] else ""
        changes.append(Change(name, found[2], int(found[3]) if found[3] else None, printed))
        at = found.end()
    if found := SYMBOL.match(text, at):
        changes.append(Change("SYMBOL", found[1], None, f" SYMBOL {found[1]}"))
        at = found.end()
    if text[at:].strip():
        raise NotANumber(f"编号之后的“{text[at:].strip()}”看不懂。")
    code, date = (document or "JIS").upper(), date + (reprint or "").upper()
    return StandardNumber(
        code, " ", f"{letter.upper()} {number}", date, tuple(changes), of, year_printed=year or ""
    )


# The rest: code → (gap, pattern of the number, pattern of the date, mark of the date).
DASHED = r"(?:[-:]((?:19|20)\d\d|[5-9]\d(?!\d)))?"
SHORT = r"(?:-(\d\d(?:\d\d)?(?:[a-e]\d?)?(?: ?\(\d{4}\))?(?:e\d)?))?"
PLAIN = r"[A-Z]{0,4}[ .-]?\d[A-Z0-9]*(?:[./-](?!(?:19|20)\d\d$)[A-Z0-9]+)*(?:\(\d{1,4}\))?"
ETSI = (
    r"((?:EN|ES|EG|TS|TR|ETS|GS|GR|SR|TBR|I-ETS|ETR)(?: [A-Z0-9]{2,6})? \d{3}(?: \d{3})?(?:-\d{1,3})*"
    r"(?: [A-Z]{1,4} \d+(?:-\d+)*)?(?: V\d+(?:\.\d+)*)?(?: \(\d{4}-\d\d\))?)"
)
OTHERS: dict[str, tuple[str, str, str, str]] = {
    "IEEE": (" ", r"(?:Std\.? ?)?(P?[A-Z]{0,2}\d{1,5}(?:\.\d+)*[A-Z]*(?:\.\d+)*)", DASHED, "-"),
    "ASTM": (" ", r"([A-G]\d{1,5}(?:/[A-G]?\d{1,5}M?)?M?)", SHORT, "-"),
    "RFC": (" ", r"(\d{1,5})", r"()", ""),
    "ECMA": ("-", r"((?:TR/)?\d{1,4}(?:-\d+)?)", r"()", ""),
    "API": (" ", rf"((?:(?:SPEC|STD|RP|PUBL|MPMS|TR|BULL) )?{PLAIN})", DASHED, "-"),
    "UL": (" ", r"(\d{1,6}[A-Z]{0,2}(?:-\d{1,3})*)", DASHED, "-"),
    "NIST": (" ", r"((?:SP|FIPS|IR|TN|HB|GCR) ?\d+(?:-\d+)*[A-Z]?(?: ?(?:Rev\.? ?|r)\d)?)", r"()", ""),
    "FIPS": (" ", r"((?:PUB )?\d{1,3}(?:-\d)?)", DASHED, "-"),
    "ETSI": (" ", ETSI, r"()", ""),
    "3GPP": (" ", r"((?:TS|TR) ?\d\d\.\d{2,3}(?:-\d+)*)", r"()", ""),
    "GOST": (" ", r"((?:R |ISO |IEC |EN )*\d{1,6}(?:\.\d+)*(?:-\d{1,2}(?=-))?)", DASHED, "-"),
    "OIML": (" ", r"([RDBEGSV] ?\d{1,3}(?:-\d+)*)", DASHED, ":"),
    "CAC": ("/", r"((?:GL|RCP|MRL|MISC|RS|STAN|VOL) ?\d{1,4})", DASHED, "-"),
    "CODEX": (" ", r"((?:STAN|CXS|CXC) ?\d{1,4})", DASHED, "-"),
    "CXS": (" ", r"(\d{1,4}[A-Z]?)", DASHED, "-"),
    "KS": (" ", r"((?:[A-Z] )?(?:(?:ISO/IEC|ISO|IEC) )?(?:[A-Z] ?)?\d{1,6}(?:-\d{1,3})*)", DASHED, ":"),
    "CNS": (" ", r"(\d{1,6}(?:-\d{1,3}(?=-|:|$))*)", DASHED, "-"),
    "SAE": (" ", r"((?:AMS|ARP|AIR|AS|J|JA|MAP)[ -]?\d{1,5}(?:/\d+|-\d{1,2}(?!\d))?[A-Z]?)", DASHED, "-"),
    "AS/NZS": (" ", r"((?:(?:ISO/IEC|ISO|IEC) )?\d{1,6}(?:\.\d+)*)", DASHED, ":"),
    "AS": (" ", r"((?:(?:ISO/IEC|ISO|IEC) )?\d{1,6}(?:\.\d+)*)", DASHED, ":"),
    "MIL": ("-", r"((?:STD|PRF|DTL|HDBK|SPEC|[A-Z])-\d{1,6}(?:/\d+)?[A-Z]{0,2})", r"()", ""),
    "IMO": (" ", r"((?:Res\.? ?)?(?:[A-Z]{1,5}\.?\d{1,4}(?:\(\d{1,3}\))?(?:/Circ\.\d+(?:/Rev\.\d)?)?))", r"()", ""),
    "IPC": ("-", r"((?:J-STD-|[A-Z]{1,3}-)?\d{1,4}[A-Z]{0,2}|A-\d+[A-Z]?)", r"()", ""),
    "CSA": (" ", rf"({PLAIN}(?: No\. ?\d+(?:\.\d+)*(?:-\d+)*)?)", SHORT, "-"),
    "ANSI": (" ", rf"((?:[A-Z]{{2,6}} )?{PLAIN})", DASHED, "-"),
    "NF": (" ", r"([A-Z] ?\d\d-\d{3}(?:-\d+)*)", DASHED, ":"),
    "TIA": ("-", rf"({PLAIN})", DASHED, "-"),
    "EIA": ("-", rf"({PLAIN})", DASHED, "-"),
}  # fmt: skip
GENERIC = (" ", rf"({PLAIN})", DASHED, "-")
COLON_STYLE = {"PD", "PAS", "NZS", "CIE", "UIC", "SANS", "TCVN", "MS", "SNI", "ABNT", "IS"}
GAPS = re.compile(r"[ -]?")


def _patterns() -> dict[str, tuple[str, re.Pattern[str], str]]:
    from .codes import CODES, Kind

    foreign = {Kind.INTERNATIONAL, Kind.REGIONAL, Kind.FOREIGN}
    found = {}
    for code in [code for code, entry in CODES.items() if entry.kind in foreign]:
        gap, number, date, mark = OTHERS.get(code, GENERIC)
        mark = ":" if code in COLON_STYLE else mark
        others = r"(?:/[A-Z]{2,6}(?=[ -]))*" if code not in {"ETSI", "3GPP", "CAC", "MIL"} else ""
        found[code] = (
            gap,
            re.compile(
                rf"({re.escape(code)}{others})[ /-]*{number}{date}", re.IGNORECASE | re.ASCII
            ),
            mark,
        )
    return found


PATTERNS = _patterns()


def read_other(code: str) -> Callable[[str], StandardNumber]:
    """Return the reader of one body's numbers."""
    gap, pattern, mark = PATTERNS[code]

    def read(text: str) -> StandardNumber:
        whole = pattern.fullmatch(text)
        if not whole:
            if text.upper() == code:
                raise NotANumber(f"“{text}”只有发布机构，没有编号。")
            raise NotANumber(f"“{text}”不是“{code}”的编号。")
        printed = whole[3] or ""
        number = whole[2]
        return _made(code + whole[1][len(code) :].upper(), gap, _tidy(code, number), printed, mark)

    return read


def _made(code: str, gap: str, number: str, printed: str, mark: str) -> StandardNumber:
    if not printed:
        return StandardNumber(code, gap, number)
    digits = re.match(r"\d+", printed)
    shown = digits[0] if digits else ""
    if code in {"ASTM", "CSA"} and len(shown) == 2:  # these print two digits to this day
        year = int(shown) + (1900 if shown >= "50" else 2000)
        return StandardNumber(code, gap, number, f"-{printed}", (), year, year_printed=shown)
    year = full_year(shown)
    tail = printed[len(shown) :]
    return StandardNumber(code, gap, number, f"{mark}{year}{tail}", (), year, year_printed=shown)


def _tidy(code: str, number: str) -> str:
    if code == "ETSI":
        return number.upper()
    if code == "IEEE":  # 802.1Q is no 802.1q
        return number
    number = (
        re.sub(r"(?i) ?(?:rev\.? ?|r)(?=\d$)", " Rev. ", number)
        if code == "NIST"
        else number.upper()
    )
    if code in {"NIST", "OIML", "CAC", "CODEX", "KS", "NF", "3GPP"}:
        number = re.sub(r"^([A-Za-z]+) ?(?=\d)", lambda word: f"{word[1].upper()} ", number)
    return (
        number.replace("CIRC.", "Circ.")
        .replace("RES.", "Res.")
        .replace("REV.", "Rev.")
        .replace("NO.", "No.")
    )
