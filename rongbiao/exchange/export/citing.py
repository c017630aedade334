"""Citations (引用格式): GB/T 7714, BibTeX and RIS of one standard.

The form of the list is that of GB/T 7714—2015 信息与文献 参考文献著录规则 for standards
(文献类型标识 S): 主要责任者. 题名：标准编号[S]. 出版年. The publisher's place is left out,
because the register does not know it. RIS is the format of Research Information Systems,
type STAND; what reference managers take for the number of a report stands in SN.
"""

import re
from collections.abc import Iterable

from rongbiao.standards.models import Standard

from .records import issued

SPACES = re.compile(r"\s+")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
ABROAD = {Standard.Level.INTERNATIONAL, Standard.Level.FOREIGN}
NOT_PLAIN = re.compile(r"[^A-Za-z0-9.+:-]")  # not in the name of an entry
TEX = {
    "\\": r"{\textbackslash}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}
TEX_LETTERS = str.maketrans(TEX)


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return SPACES.sub(" ", CONTROLS.sub(" ", text)).strip()


def year_of(standard: Standard) -> str:
    """Return the year of issue, or of the number where no day is known; may be empty."""
    year = standard.issued_on.year if standard.issued_on else standard.year
    return f"{year:04d}" if year else ""


def cite(standard: Standard) -> str:
    """Return a standard as GB/T 7714—2015 cites it, without a place in a list."""
    colon = ": " if standard.level in ABROAD else "："
    issuer, year = one_line(standard.publisher), year_of(standard)
    cited = f"{one_line(standard.title)}{colon}{standard.shown}[S]."
    return " ".join(part for part in (issuer and f"{issuer}.", cited, year and f"{year}.") if part)


def entry_name(standard: Standard) -> str:
    """Return the name by which a BibTeX file cites: the key, other letters spelled out.

    Two keys never give the same name: ``/`` becomes ``:``, which no key has.
    """
    return NOT_PLAIN.sub(lambda odd: f"_{ord(odd[0]):x}_", standard.key.replace("/", ":"))


def tex(text: str) -> str:
    """Return a text that TeX prints letter by letter."""
    return one_line(text).translate(TEX_LETTERS)


def bibtex(standard: Standard) -> str:
    """Return one entry of a BibTeX file, in UTF-8.

    ``techreport`` is the type that every style knows; the second pair of braces keeps a
    style from taking a name apart or lowering its letters.
    """
    issuer = standard.publisher or standard.authority
    fields = {
        "author": f"{{{tex(issuer)}}}" if issuer else "",
        "title": f"{{{tex(standard.title)}}}",
        "institution": f"{{{tex(issuer)}}}" if issuer else "",
        "type": "S",
        "number": f"{{{tex(standard.shown)}}}",
        "year": year_of(standard),
        "url": _address(standard),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@techreport{{{entry_name(standard)},\n" + ",\n".join(lines) + "\n}\n\n"


def ris(standard: Standard) -> str:
    """Return one record of an RIS file; lines end as its specification says.

    Readers split authors at commas and key words at semicolons; neither stands in ours.
    """
    day, year = issued(standard), year_of(standard)
    issuer = one_line(standard.publisher)
    lines: list[tuple[str, str]] = [
        ("TY", "STAND"),
        ("AU", SPACES.sub(" ", issuer.replace(",", " ").replace(";", " ")).strip()),
        ("TI", one_line(standard.title)),
        ("SN", one_line(standard.shown)),
        ("PB", issuer),
        ("PY", year),
        ("DA", "/".join((*day.split("-"), "", "", "")[:3]) + "/" if day else ""),
        ("AB", one_line(standard.abstract)),
        *(("KW", f"ICS {part}") for part in standard.ics.split()),
        *(("KW", f"CCS {part}") for part in standard.ccs.split()),
        ("LA", one_line(standard.language)),
        ("UR", _address(standard)),
    ]
    kept = "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value)
    return f"{kept}ER  - \r\n\r\n"


def _address(standard: Standard) -> str:
    """Return the address at the source, percent-encoded where braces or spaces stand."""
    return re.sub(
        r"[\s{}\\%](?![0-9A-Fa-f]{2})|[\s{}\\]",
        lambda odd: "".join(f"%{byte:02X}" for byte in odd[0].encode()),
        one_line(standard.address),
    )


def numbered(standards: Iterable[Standard]) -> Iterable[str]:
    """Yield a list of references, one line each."""
    for place, standard in enumerate(standards, start=1):
        yield f"[{place}] {cite(standard)}\n"
