"""Two versions of a paper beside each other (版本对比): paragraphs added, removed and changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from rongbiao.texts.documents import PAPERS, Unreadable, read_apart

MOST = 6000  # paragraphs of one version
AROUND = 1  # paragraphs kept on either side of a difference


@dataclass(frozen=True)
class Row:
    """A stretch of paragraphs: kept, or what stood before and what stands now."""

    kind: str  # same, added, removed, changed, gap
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Difference:
    """What two versions say differently."""

    rows: list[Row]
    added: int
    removed: int


def paragraphs(data: bytes, name: str) -> list[str]:
    """Return the paragraphs of a file that are not empty; raise Unreadable with a sentence."""
    text = read_apart(data, name, PAPERS).text
    found = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(found) > MOST:
        raise Unreadable(
            _("“{name}”有 {n} 段，超过 {most} 段，不能在网页上对比，请下载后对比。").format(
                name=name, n=len(found), most=MOST
            )
        )
    return found


def compare(old: bytes, old_name: str, new: bytes, new_name: str) -> Difference:
    """Return the differences of two files, paragraph by paragraph, with one around each."""
    before, after = paragraphs(old, old_name), paragraphs(new, new_name)
    return differences(before, after)


def differences(before: list[str], after: list[str]) -> Difference:
    """Return the differences of two lists of paragraphs.

    >>> [(row.kind, row.before, row.after) for row in differences(["甲", "乙"], ["甲", "丙"]).rows]
    [('same', ['甲'], ['甲']), ('changed', ['乙'], ['丙'])]
    """
    rows: list[Row] = []
    added = removed = 0
    if before == after:
        return Difference(rows, added, removed)
    matcher = SequenceMatcher(None, before, after)
    for tag, b1, b2, a1, a2 in matcher.get_opcodes():
        if tag == "equal":
            rows += _kept(
                before[b1:b2], first=not rows, last=b2 == len(before) and a2 == len(after)
            )
            continue
        removed, added = removed + b2 - b1, added + a2 - a1
        kind = {"replace": "changed", "delete": "removed", "insert": "added"}[tag]
        rows.append(Row(kind, before[b1:b2], after[a1:a2]))
    return Difference(rows, added, removed)


def _kept(same: list[str], *, first: bool, last: bool) -> list[Row]:
    """Return the paragraphs next to a difference, and how many were left out."""
    head = [] if first else same[:AROUND]
    tail = [] if last else same[len(head) :][-AROUND:]
    left = len(same) - len(head) - len(tail)
    rows = [Row("same", head, head)] if head else []
    if left > 0:
        gap = [_("（{n} 段相同）").format(n=left)]
        rows.append(Row("gap", gap, gap))
    return [*rows, Row("same", tail, tail)] if tail else rows
