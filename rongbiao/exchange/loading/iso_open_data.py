"""ISO Open Data: the deliverables that ISO publishes as JSON lines, CSV and Parquet.

Fields as published: id, deliverableType, supplementType, reference, publicationDate, edition,
icsCode, ownerCommittee, currentStage, replaces and replacedBy (ids), languages, title.en,
title.fr, scope.en. Its tables of committees and of classes hold titles of codes.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from .code_titles import read_titles, scheme_of
from .portion import Incoming, Unreadable, by_portions
from .relaton import status, unmarked

LISTED = re.compile(r"[\s,;\[\]'\"]+")
STAGES = 4  # figures of a stage: 9093 is 90.93


Records = Iterable[tuple[int, dict[str, Any]]]


def recognized(names: Iterable[str], records: Callable[[], Records]) -> Incoming | None:
    """Return what one of ISO's tables holds, by the names of its fields, or None."""
    fields = {name.strip("\r") for name in names}
    if {"reference", "deliverableType", "currentStage"} <= fields:
        return read_deliverables(records())
    scheme = scheme_of(fields)
    return read_titles(scheme, records()) if scheme else None


def read_deliverables(records: Records) -> Incoming:
    """Recognize deliverables; their ids are resolved within the file."""
    kept = list(records)
    references = {str(one.get("id")): one.get("reference") or "" for _line, one in kept}
    said = ((edition(one, line), relations(one, line, references)) for line, one in kept)
    return Incoming("iso-open-data", "iso-open-data", by_portions(said), strict=False)


def json_records(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the records of a JSON lines file with their lines."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as bad:
                words = _("第 {line} 行不是完整的 JSON 记录。").format(line=number)
                raise Unreadable(words) from bad


def frame_records(frame: pl.DataFrame, first: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the rows of a table with their lines."""
    yield from enumerate(frame.iter_rows(named=True), start=first)


def _text(record: dict[str, Any], name: str, language: str) -> str:
    """Return a text by language, whether nested or under a heading with a point."""
    nested = record.get(name)
    found = nested.get(language) if isinstance(nested, dict) else record.get(f"{name}.{language}")
    return " ".join(unmarked(found or "").split())


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    parts = value if isinstance(value, list) else LISTED.split(str(value))
    return [str(part) for part in parts if str(part)]


def edition(record: dict[str, Any], line: int) -> dict[str, Any]:
    """Return the columns of one deliverable, as text."""
    stage = str(record.get("currentStage") or "").replace(".", "").zfill(STAGES)
    english, french = _text(record, "title", "en"), _text(record, "title", "fr")
    relation = [["updates", str(one)] for one in _listed(record.get("replacedBy"))]
    like = {"ids": [{"id": record.get("reference") or ""}], "relation": relation}
    pages = record.get("id")
    return {
        "line": line,
        "number": record.get("reference") or "",
        "title": english or french,
        "title_en": english,
        "title_original": french,
        "language": "en",
        "form": record.get("deliverableType") or "",
        "status": status(stage[:2], stage[2:], like) if stage.strip("0") else "",
        "stage": f"{stage[:2]}.{stage[2:]}" if stage.strip("0") else "",
        "issued_on": str(record.get("publicationDate") or "")[:10],
        "ics": " ".join(_listed(record.get("icsCode"))),
        "owner": record.get("ownerCommittee") or "",
        "abstract": _text(record, "scope", "en"),
        "address": f"https://www.iso.org/standard/{pages}.html" if pages else "",
    }


def relations(
    record: dict[str, Any], line: int, references: dict[str, str]
) -> list[tuple[int, str, str, str]]:
    """Return what replaces what; an id that the file does not hold says nothing."""
    subject = record.get("reference") or ""
    older = [references.get(one) for one in _listed(record.get("replaces"))]
    newer = [references.get(one) for one in _listed(record.get("replacedBy"))]
    found = [(line, subject, "replaces", one) for one in older if one]
    return found + [(line, one, "replaces", subject) for one in newer if one]
