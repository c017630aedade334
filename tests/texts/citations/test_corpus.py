"""Precision and recall of finding citations, by kind of line; they are printed and never fall."""

from collections import Counter

import pytest

from rongbiao.texts.citations import find_citations
from rongbiao.texts.numbers import read_number
from tests.texts.citations.corpus import CASES

WANTED = (0.985, 0.97)  # what lines that nobody has tuned for must reach
REACHED = (1.0, 1.0)  # what these lines reach; it does not fall


def said(text: str) -> list[tuple[str, int, int]]:
    return [(str(one.number), one.start, one.end) for one in find_citations(text)]


def test_precision_and_recall(capsys):
    figures: dict[str, Counter] = {}
    wrong = []
    for case in CASES:
        counts = figures.setdefault(case.kind, Counter())
        found, wanted = Counter(said(case.text)), Counter(case.citations)
        counts["right"] += (found & wanted).total()
        counts["found"] += found.total()
        counts["wanted"] += wanted.total()
        counts["lines"] += 1
        if found != wanted:
            wrong.append((case.kind, case.text, sorted(found - wanted), sorted(wanted - found)))
    whole = sum(figures.values(), Counter())
    with capsys.disabled():
        for kind, counts in [*sorted(figures.items()), ("citations", whole)]:
            precision = counts["right"] / counts["found"] if counts["found"] else 1.0
            recall = counts["right"] / counts["wanted"] if counts["wanted"] else 1.0
            print(  # noqa: T201 — telling the figures is its purpose
                f"\n{kind}: precision {precision:.3f}, recall {recall:.3f} "
                f"of {counts['wanted']} in {counts['lines']} lines",
                end="",
            )
        print()  # noqa: T201
    reached = (whole["right"] / whole["found"], whole["right"] / whole["wanted"])
    floors = zip(reached, map(max, WANTED, REACHED), strict=True)
    assert all(figure >= floor for figure, floor in floors), wrong


def test_every_number_of_the_corpus_is_canonical():
    for case in CASES:
        for number, _, _ in case.citations:
            assert str(read_number(number)) == number


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.clause is not None], ids=lambda case: case.text
)
def test_the_clause_that_is_cited(case):
    assert find_citations(case.text)[0].clause == case.clause


def test_one_text_of_all_lines_gives_all_citations():
    """A long text gives what its lines give: nothing leaks from one paragraph into another."""
    text, wanted = "", []
    for case in CASES:
        if "\n" not in case.text:
            at = len(text)
            wanted += [(number, start + at, end + at) for number, start, end in case.citations]
            text += case.text + "\n\n"
    found = said(text)
    assert [one for one in wanted if one not in found] == []
    assert [one for one in found if one not in wanted] == []
