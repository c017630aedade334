"""The corpus of citations, read for the tests beside: texts with marks become texts with places."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "corpora" / "citations"
MARKS = re.compile("([⟦⟧])")


@dataclass(frozen=True)
class Case:
    kind: str
    text: str
    citations: tuple[tuple[str, int, int], ...]  # canonical form, start, end
    clause: str | None


def _case(kind: str, row: dict) -> Case:
    text, places, start = "", [], 0
    for piece in MARKS.split(row["text"]):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            places.append((start, len(text)))
        else:
            text += piece
    said = zip(row["numbers"], places, strict=True)
    return Case(kind, text, tuple((number, *place) for number, place in said), row.get("clause"))


CASES = [
    _case(path.stem, json.loads(line))
    for path in sorted(FOLDER.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
