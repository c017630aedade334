"""Relaton: records of ISO, IEC, ITU and JIS as its data sets name their fields, one JSON a line."""

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
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as bad:
            words = _("第 {line} 行不是完整的 JSON 记录。").format(line=number)
            raise Unreadable(words) from bad


def edition(record: dict[str, Any], line: int) -> dict[str, Any]:
    """Return the columns of one record, as text."""
    titles = record.get("title") or {}
    days = {kind: day for kind, day in (record.get("date") or {}).items() if day != "None"}
    stage, substage = record.get("stage") or "", record.get("substage")
    english, chinese = titles.get("en", ""), titles.get("zh", "")
    original = titles.get("ja", "")
    committee = (record.get("tc") or [{}])[0]
    owner = " ".join(filter(None, (committee.get("identifier"), committee.get("name"))))
    return {
        "line": line,
        "number": record["ids"][0]["id"],
        "title": chinese or english or original or titles.get("fr", ""),
        "title_en": english,
        "title_original": original or titles.get("fr", ""),
        "language": "ja" if original else "en",
        "form": record.get("doctype") or "",
        "status": status(stage, substage, record),
        "stage": f"{stage}.{substage}" if substage else stage,
        "issued_on": days.get("published") or days.get("issued") or "",
        "confirmed_on": days.get("confirmed") or "",
        "withdrawn_on": days.get("obsoleted") or "",
        "ics": " ".join(record.get("ics") or []),
        "owner": owner if len(owner) <= OWNER else f"{owner[: OWNER - 1]}…",
        "abstract": (record.get("abstract") or "").strip(),
        "address": record.get("url") or "",
    }


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
