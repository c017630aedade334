"""Titles beside numbers: never called wrong where they are right; precision and recall do not fall."""

import json
from pathlib import Path

from rongbiao.texts.citations.titles import disagrees, named_in, title_beside

LINES = Path(__file__).parents[2] / "corpora" / "titles" / "beside.jsonl"
REACHED = (1.0, 0.9)


def said_of(row: dict) -> bool:
    before, _, rest = row["text"].partition("⟦")
    number, _, after = rest.partition("⟧")
    text = before + number + after
    title = title_beside(text, len(before), len(before) + len(number))
    return bool(title) and disagrees(title, [row["held"]]) and not named_in(row["held"], text)


def test_precision_and_recall(capsys):
    rows = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    found = [row for row in rows if said_of(row)]
    right = [row for row in found if row["disagrees"]]
    wanted = [row for row in rows if row["disagrees"]]
    precision, recall = len(right) / len(found), len(right) / len(wanted)
    with capsys.disabled():
        print(  # noqa: T201 — telling the figures is its purpose
            f"\ntitles: precision {precision:.3f}, recall {recall:.3f} of {len(wanted)} in {len(rows)} lines"
        )
    wrong = [row["text"] for row in rows if said_of(row) != row["disagrees"]]
    assert (precision, recall) >= REACHED, wrong
    assert recall >= REACHED[1], wrong
