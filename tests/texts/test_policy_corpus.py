"""Other cities' papers, in words of our own: precision and recall of units and targets."""

import json
from collections import Counter
from pathlib import Path

import pytest

from rongbiao.texts.policies import read_policy

CORPUS = Path(__file__).parents[1] / "corpora" / "policies"
PAPERS = sorted(path for path in CORPUS.glob("*.txt") if path.with_suffix(".json").exists())
WANTED = 0.95  # what a paper nobody has tuned for must reach
REACHED = 1.0  # what these papers reach; it does not fall


def units_of(paper) -> list[tuple]:
    return [(".".join(c.path), u.name, u.lead) for c in paper.clauses for u in c.units]


def targets_of(paper) -> list[tuple]:
    return [(t.value, t.unit, t.direction, t.basis, t.by) for t in paper.targets]


def written(path: Path) -> dict:
    return json.loads(path.with_suffix(".json").read_text())


def expected(path: Path, what: str) -> list[tuple]:
    rows = written(path)[what]
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
    assert min(precision, recall) >= max(WANTED, REACHED), wrong


def _with(key: str) -> list[Path]:
    return [path for path in PAPERS if key in written(path)]


@pytest.mark.parametrize("path", _with("head"), ids=lambda path: path.stem)
def test_the_head_is_read_without_the_page_around_it(path):
    paper = read_policy(path.read_text())
    for name, value in written(path)["head"].items():
        said = getattr(paper, name)
        assert (list(said) if isinstance(said, tuple) else said) == value, name


@pytest.mark.parametrize("path", _with("doubts"), ids=lambda path: path.stem)
def test_what_is_uncertain_is_a_doubt(path):
    said = "\n".join(doubt.why for doubt in read_policy(path.read_text()).doubts)
    for why in written(path)["doubts"]:
        assert why in said


@pytest.mark.parametrize("path", _with("kinds"), ids=lambda path: path.stem)
def test_what_a_clause_is_for(path):
    kinds = {".".join(c.path): c.kind for c in read_policy(path.read_text()).clauses}
    for clause, kind in written(path)["kinds"].items():
        assert kinds[clause] == kind
