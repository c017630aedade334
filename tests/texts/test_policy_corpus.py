"""Other cities' papers, in words of our own: precision and recall of units and targets."""

import json
from collections import Counter
from pathlib import Path

import pytest

from rongbiao.texts.policies import read_policy

CORPUS = Path(__file__).parents[1] / "corpora" / "policies"
PAPERS = sorted(path for path in CORPUS.glob("*.txt") if path.with_suffix(".json").exists())
WANTED = 0.95


def units_of(paper) -> list[tuple]:
    return [(".".join(c.path), u.name, u.lead) for c in paper.clauses for u in c.units]


def targets_of(paper) -> list[tuple]:
    return [(t.value, t.unit, t.direction, t.basis, t.by) for t in paper.targets]


def expected(path: Path, what: str) -> list[tuple]:
    rows = json.loads(path.with_suffix(".json").read_text())[what]
    if what == "targets":  # a name before the figures is for readers
        rows = [row[-5:] for row in rows]
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(("what", "read"), [("units", units_of), ("targets", targets_of)])
def test_precision_and_recall(what, read, capsys):
    right = found = wanted = 0
    wrong = []
    for path in PAPERS:
        said = Counter(read(read_policy(path.read_text())))
        should = Counter(expected(path, what))
        right += (said & should).total()
        found += said.total()
        wanted += should.total()
        wrong += [(path.stem, row) for row in ((said - should) + (should - said))]
    precision, recall = right / found, right / wanted
    with capsys.disabled():
        print(  # noqa: T201 — telling the figures is its purpose
            f"\n{what}: precision {precision:.3f}, recall {recall:.3f} of {wanted} in {len(PAPERS)} papers"
        )
    assert (precision >= WANTED, recall >= WANTED) == (True, True), wrong
