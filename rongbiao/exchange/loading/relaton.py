"""Relaton: records of ISO, IEC, ITU and JIS as its data sets name their fields, one JSON a line."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .portion import Incoming, Unreadable, by_portions

SOURCES = {"ISO": "relaton-iso", "IEC": "relaton-iec", "ITU": "relaton-itu", "JIS": "relaton-jis"}
DRAFT = re.compile(
    r"(?:^|[ /])(?:PWI|NP|AWI|WD|CD|CDV|DIS|FDIS|PRF|DTS|DTR|DPAS|DAM|FDAM|PDAM|DAmd|FDAmd|CDAmd|"
    r"AWIAmd|WDAmd|DCor|FDCor)(?: |$)"
)
CHANGE = re.compile(r"^[/ ](?:Amd|Cor|Add|Suppl|DAM|FDAM|DAmd|FDAmd|CD Amd|WD Amd|AWI Amd|Err)")
IEC_STATUS = {
    "PUBLISHED": "current",
    "REVISED": "superseded",
    "REPLACED": "superseded",
    "WITHDRAWN": "withdrawn",
}
WORDS = {"valid": "current", "withdrawn": "withdrawn", "Withdrawal": "withdrawn"} | IEC_STATUS
PUBLISHED = {"Published": "current"}
KINDS = {
    "partOf": "part-of",
    "hasEdition": "edition",
    "complementOf": "complements",
    "adoptedFrom": "adopts-idt",
    "cites": "cites",
}
DATED = re.compile(r"[/ ](?:Amd|AMD|Cor|COR|Add|Suppl|Ext)[^/:]*:(\d{4})$")
# Comments, what word processors leave, tags, and one that was cut off at the end.
TAGS = re.compile(
    r"<!--.*?(?:-->|$)|<!\[[^>]*>"
    r"|</?(?:p|br|li|ul|ol|strong|em|su[bp]|[biua]|span|div|table|t[rdh])\b[^<>]*>"
    r"|</?(?:[a-z]{0,6} ?/?|(?:p|[ou]l|li|a|span|div) [^<>]*)$",
    re.IGNORECASE | re.DOTALL,
)
NO_TITLE = re.compile(r"titre manqu", re.IGNORECASE)  # what ISO writes where there is none
COMMITTEE = re.compile(r"[TSP]C \d")
OWNER = 300  # characters of a committee that the register keeps
Relation = tuple[int, str, str, str]


def looks_like(record: dict[str, Any]) -> bool:
    """Tell whether a first record has Relaton's fields."""
    ids = record.get("ids")
    return isinstance(ids, list) and bool(ids) and isinstance(ids[0], dict) and "id" in ids[0]


def read_relaton(lines: Iterable[bytes], first: dict[str, Any]) -> Incoming:
    """Recognize a file of Relaton records."""
    source = SOURCES.get(str(first["ids"][0].get("type")), "")
    return Incoming("relaton", source, by_portions(_records(lines)), strict=False)


def _records(lines: Iterable[bytes]) -> Iterator[tuple[dict, list[Relation]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield edition(record, number), relations(record, number)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as bad:
            words = _("第 {line} 行不是完整的 Relaton 记录。").format(line=number)
            raise Unreadable(words) from bad


def edition(record: dict[str, Any], line: int) -> dict[str, Any]:
    """Return the columns of one record, as text."""
    titles = record.get("title") or {}
    days = {kind: day for kind, day in (record.get("date") or {}).items() if day != "None"}
    stage, substage = record.get("stage") or "", record.get("substage")
    english, chinese, original, french = (
        unmarked(titles.get(language) or "") for language in ("en", "zh", "ja", "fr")
    )
    if NO_TITLE.match(french):
        french = ""
    state = status(stage, substage, record)
    owner = committee(record)
    return {
        "line": line,
        "number": record["ids"][0]["id"],
        "title": chinese or english or original or french,
        "title_en": english,
        "title_original": original or french,
        "language": "ja" if original else "en",
        "form": record.get("doctype") or "",
        "status": state,
        "stage": f"{stage}.{substage}" if substage else stage,
        "issued_on": "" if state == "project" else issued(record["ids"][0]["id"], days),
        "confirmed_on": days.get("confirmed") or "",
        "withdrawn_on": days.get("obsoleted") or "",
        "ics": " ".join(record.get("ics") or []),
        "owner": owner if len(owner) <= OWNER else f"{owner[: OWNER - 1]}…",
        "abstract": unmarked(record.get("abstract") or ""),
        "address": record.get("url") or "",
    }


def unmarked(text: str) -> str:
    """Return a text without the tags and the entities of a web page.

    >>> unmarked("(U<sub>m</sub> = 7,2 kV)<br />&quot;i&quot;, a < b")
    '(Um = 7,2 kV) "i", a < b'
    """
    if "<" in text or "&" in text:
        text = TAGS.sub(lambda tag: "" if "su" in tag[0].lower() else " ", text)
        text = re.sub(r" {2,}", " ", html.unescape(html.unescape(text)))
    return text.strip()


def issued(number: str, days: dict[str, str]) -> str:
    """Return the day of publication; of an amendment, ISO gives the year of what it amends.

    Then the day of the last change is taken if it is of the amendment's own year, or none.
    """
    said = days.get("published") or days.get("issued") or ""
    own = DATED.search(number)
    if not own or said.startswith(own[1]):
        return said
    updated = days.get("updated") or ""
    return updated if updated.startswith(own[1]) else ""


def committee(record: dict[str, Any]) -> str:
    """Return who answers for it: committees of IEC by their whole name, several bodies of JIS apart."""
    said = (record.get("tc") or [{}])[0]
    bodies = "、".join(filter(None, map(str.strip, (said.get("name") or "").splitlines())))
    named = f"{said.get('identifier') or ''} {bodies}".strip()
    return (
        f"IEC/{named}"
        if record["ids"][0].get("type") == "IEC" and COMMITTEE.match(named)
        else named
    )


def status(stage: str, substage: str | None, record: dict[str, Any]) -> str:
    """Return our word for a stage: ISO's harmonized codes or a word of the others."""
    if not stage.isdecimal():
        return WORDS.get(stage) or PUBLISHED.get(stage, "")
    code = int(stage) * 100 + int(substage or 0)
    if code >= 9599:
        followed = any(
            kind == "updates" and not changes(record["ids"][0]["id"], other)
            for kind, other in record.get("relation") or ()
        )
        return "superseded" if followed else "withdrawn"
    if code >= 6060:
        return "current"
    return "withdrawn" if substage == "98" else "project"


def changes(subject: str, other: str) -> bool:
    """Tell whether the other is an amendment or corrigendum of the subject."""
    return other.startswith(subject) and CHANGE.match(other[len(subject) :]) is not None


def relations(record: dict[str, Any], line: int) -> list[Relation]:
    """Return the relations of a record, all said from the newer or lesser end.

    In the data ``obsoletes X`` says that the subject replaces X, and ``updates X``, which
    stands on the older edition, that X replaces it, or amends it where X is its amendment.
    A published edition that ``obsoletes`` a draft is the one that the draft is to replace.
    """
    subject = record["ids"][0]["id"]
    found = []
    drafted = DRAFT.search(subject) is not None
    for kind, named in record.get("relation") or ():
        other = named
        if subject.startswith("ITU-") and not other.startswith(("ITU", "ISO", "IEC")):
            other = f"{subject[:5]} {other}"
        if other == subject:
            continue
        if kind == "obsoletes":
            turned = not drafted and DRAFT.search(other) is not None
            pair = (other, subject) if turned else (subject, other)
            found.append((line, pair[0], "replaces", pair[1]))
        elif kind == "updates":
            word = "amends" if changes(subject, other) else "replaces"
            found.append((line, other, word, subject))
        elif kind in KINDS:
            found.append((line, subject, KINDS[kind], other))
    return found
