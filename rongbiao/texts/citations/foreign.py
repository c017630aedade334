"""Where numbers of international and foreign bodies begin and end in a stretch of text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from rongbiao.texts.numbers.codes import CODES, Kind
from rongbiao.texts.numbers.foreign import EUROPEAN, JIS, PATTERNS

from .chinese import Hit

LOOSE = r"(?: ((?:19[89]|20[0-2])\d)(?![\dA-Za-z]|[./~-]\d| ?[./~:%-]| \d))?"
INTERNATIONAL = re.compile(
    r"((?:ISO|IEC|CISPR|IWA)(?: ?/ ?(?:ISO|IEC|IEEE|ASTM|CIE|SAE|OECD|IDF|CISPR)(?![A-Za-z]))*"
    r"(?:[ /-]{1,2}(?:TR|TS|PAS|Guide|GUIDE|ISP|FDIS|DIS|CD|DTR|DTS|WD|AWI|R)(?![A-Za-z]))*)"
    r"([ \n-]{0,2})(\d{1,6}(?:-(?:[A-Z]{1,3})?\d{1,4}(?![\dA-Za-z]))*(?:(?<=-\d)/\d(?![\d.A-Za-z/]))?)"
    rf"(?: ?: ?\n?((?:19|20)\d\d)(?!\d)(?:-(?:0[1-9]|1[0-2])(?!\d))?|{LOOSE})"
    r"((?:(?: ?/ ?|\+)(?:AMD|Amd|COR|Cor|ADD|Add|Suppl)\.? ?\d{1,2}(?::(?:19|20)\d\d)?)*"
    r"(?: CSV(?![A-Za-z]))?(?:\([EF]\))?)",
    re.ASCII,
)
COMPACT = re.compile(r"(ISO|IEC)(TR|TS|PAS)[ -]?(?=\d)", re.ASCII)
DAY = r"(?: \((?:\d\d/)?(?:19|20)\d\d\))?"
ITU = re.compile(
    r"ITU ?[-/]? ?[TR](?: ?-? ?Rec(?:ommendation|\.)?(?= ))? ?"
    r"(?:[A-Z]{1,4}[. ]?\d{1,5}(?:\.\d{1,4})*(?:[A-Z](?![A-Za-z]))?|[A-Z] Suppl\.? ?\d{1,3})"
    rf"(?: (?:bis|ter|quater)(?![a-z]))?(?:-\d{{1,2}}(?!\d))?{DAY}"
    rf"(?: (?:Amd|Cor|Err)\.? ?\d{{1,2}}{DAY}){{0,3}}",
    re.ASCII,
)
CHANGES = re.compile(
    r"(?:[+/](?:A|AC|AMD|Amd) ?\d{0,2}(?::(?:19|20)\d\d)?)+(?![A-Za-z0-9])", re.ASCII
)
DASHED = r"(?:[-:]((?:19|20)\d\d)(?!\d))?"
BODIES = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))
OWN_PATTERNS = {
    code: re.compile("".join(DASHED if piece == "YEAR" else piece for piece in pieces), re.ASCII)
    for code, pieces in BODIES.items()
}
EUROPE = {"EN", "BS", "DIN", "NF", "UNE", "UNI", "NEN", "SS", "CEN", "CWA", "PREN"}
FOREIGN_KINDS = {Kind.INTERNATIONAL, Kind.REGIONAL, Kind.FOREIGN}
FOREIGN = {
    re.split(r"[-/]", code)[0]: code
    for code, entry in CODES.items()
    if entry.kind in FOREIGN_KINDS and code not in {"3GPP", "ÖNORM"}
} | {"AS": "AS", "ITU": "ITU", "BS": "BS"}
YEAR = re.compile(r"[:-]((?:19|20)\d\d)(?:-\d\d)?$|\(((?:19|20)\d\d)\)$", re.ASCII)


THIRD_GENERATION = re.compile(r"GPP[ -]?(TS|TR) ?(\d\d\.\d{2,3}(?:-\d{1,2})*)", re.ASCII)


def international(said: str) -> Hit | None:
    """Read a number of ISO or IEC, alone or with others."""
    lead = 0
    if said[3:4].isalpha() and (compact := COMPACT.match(said)):
        lead = compact.end()
        whole = INTERNATIONAL.match(f"{compact[1]}/{compact[2]} {said[lead:]}")
        lead = len(f"{compact[1]}/{compact[2]} ") - lead
    else:
        whole = INTERNATIONAL.match(said)
    if not whole:
        return None
    head, gap, number, year, loose, changes = whole.groups()
    head = head.replace(" / ", "/").replace("-", " ")
    year = year or ""
    if loose:
        year = loose
    plain = f"{head} {number}" + (f":{year}" if year else "") + (changes or "")
    found = re.search(r"-((?:19|20)\d\d)$", number) if not year else None
    shown = year or (found[1] if found else "")
    return Hit(plain, whole.end() - lead, head, False, number, shown, bool(loose), not gap)


def foreign(said: str, word: str) -> Hit | None:
    """Read a number of any other body from abroad."""
    code = FOREIGN[word]
    if word == "ITU":
        whole = ITU.match(said)
    elif word == "JIS":
        whole = JIS.match(said)
    elif (word in EUROPE and word != "DIN") or (
        word == "DIN" and said[3:7].strip(" -").startswith("EN")
    ):
        whole = EUROPEAN.match(said)
        if whole and (changes := CHANGES.match(said, whole.end())):
            return _hit(said[: changes.end()], word)
        if not whole and word == "NF":
            whole = PATTERNS["NF"][1].match(said)
    elif own := OWN_PATTERNS.get(code):
        whole = own.match(said)
    else:
        if code == "AS" and said.startswith("AS/NZS"):
            code = "AS/NZS"
        whole = PATTERNS[code][1].match(said) if code in PATTERNS else None
    if not whole:
        return None
    return _hit(whole[0], code)


def third_generation(said: str) -> Hit | None:
    """Read 3GPP TS 36.321, whose code begins with a figure, from its first letter."""
    whole = THIRD_GENERATION.match(said)
    if not whole:
        return None
    plain = f"3GPP {whole[1]} {whole[2]}"
    return Hit(plain, whole.end(), "3GPP", True, whole[2], "", False, False)


def _hit(plain: str, code: str) -> Hit:
    plain = plain.rstrip()
    length = len(plain)
    if code == "ASTM":
        plain = re.sub(r"ASTM[ -]?([A-G]) ?", r"ASTM \1", plain).replace("/A ", "/A")
    elif code == "NIST":
        plain = re.sub(r"NIST[ -]", "NIST ", plain).replace("Special Publication", "SP")
        plain = re.sub(r"(SP|FIPS|IR|HB|TN)-", r"\1 ", plain)
    elif code == "SAE":
        plain = plain.replace("SAE/", "SAE ").replace("_", "-")
    elif code == "DIN":
        plain = re.sub(r"(?<= \d\d) (?=\d{3}$)", "", plain)
    elif code == "API":
        plain = plain.replace("Standard", "STD")
    year = YEAR.search(plain)
    shown = YEAR.sub("", plain[len(code) :]).strip(" -/")
    of = (year[1] or year[2]) if year else ""
    return Hit(plain, length, code, False, shown, of, False, plain[len(code) :][:1].isdecimal())
