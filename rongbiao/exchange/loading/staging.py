"""Staging (暂存): a checked file laid out on disk, in parts of neighboring keys.

Every portion is checked, sorted by key and written down; afterwards the keys are parted
into stretches of about ``PART`` rows. A part is read back as a slice of every portion, so
that memory holds one part and the database receives rows in the order of its indexes.
What is laid out depends on nothing but the file: after a kill it is made again, the same.
"""

import json
import os
import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl

from .apart import prepare
from .checking import check
from .columns import KEYS, MERGED
from .outcome import MOST_KEPT, Outcome
from .portion import Incoming, Portion
from .relations import related

PART = 100_000  # rows entered in one transaction
LARGE = 1_000_000  # rows; from here on twice as many, for every part reads of every portion
SAMPLE = 200  # every n-th key tells where to cut
MANY = 150_000  # rows; from here on two processes check
LEAF = 2048  # rows of a file that are read at once
AHEAD = 3  # portions under way at once
MANIFEST = "manifest.json"
LATER = "\U0010ffff"  # sorts after every key
KEPT = ("line", *KEYS, *MERGED, "drafters", "filled")
Kind = Literal["rows", "relations"]


@dataclass
class Staged:
    """A file that is laid out: what was counted and where it is cut."""

    outcome: dict[str, int]
    reasons: list[list[Any]]
    portions: int
    parts: list[tuple[Kind, str, str, int]] = field(default_factory=list)  # from key, to key, rows


class Laid(NamedTuple):
    """What one portion came to."""

    rows: int
    refused: int
    unread: int
    reasons: list[tuple[int, str, str]]
    keys: list[str]
    subjects: list[str]


def lay(portion: Portion, strict: bool, number: int, folder: str) -> Laid:
    """Check one portion and write it down; runs in a process of its own for large files."""
    checked = check(portion, strict=strict)
    relations, unread = related(portion)
    refused = checked.refused
    lines = refused.select("line").unique()
    for kind, frame in (("rows", checked.rows.select(KEPT)), ("relations", relations)):
        frame.write_ipc(f"{folder}/{kind}-{number}.arrow", record_batch_size=LEAF)
    if refused.height:
        refused.write_ipc(f"{folder}/refused-{number}.arrow")
    return Laid(
        portion.rows.height,
        lines.height,
        unread,
        refused.head(MOST_KEPT).rows(),
        checked.rows["key"].gather_every(SAMPLE).to_list(),
        relations["subject_key"].gather_every(SAMPLE).to_list(),
    )


def stage(incoming: Incoming, folder: Path, report) -> Staged:
    """Lay out a file; ``report`` is told how many rows are done as they are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    outcome, keys, subjects, portions = Outcome(), [], [], 0
    for laid in _laid(incoming, folder):
        portions += 1
        outcome.add(
            Outcome(lines=laid.rows, refused=laid.refused, unread=laid.unread, reasons=laid.reasons)
        )
        keys += laid.keys
        subjects += laid.subjects
        report(outcome.lines)
    outcome.reasons.sort()
    parts = [*_cuts("rows", keys), *_cuts("relations", subjects)]
    staged = Staged(outcome.counts(), [list(one) for one in outcome.reasons], portions, parts)
    draft = folder / f"{MANIFEST}.new"
    draft.write_text(json.dumps(asdict(staged), ensure_ascii=False))
    draft.replace(folder / MANIFEST)
    return staged


def staged_before(folder: Path) -> Staged | None:
    """Return what is laid out in a folder already, whole."""
    try:
        said = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        return None
    said["parts"] = [tuple(part) for part in said["parts"]]
    return Staged(**said)


def _laid(incoming: Incoming, folder: Path) -> Iterator[Laid]:
    """Give what every portion came to, in order; many portions are checked by two processes."""
    ahead: list[Portion] = []
    rows = 0
    for portion in incoming.portions:
        ahead.append(portion)
        rows += portion.rows.height
        if rows >= MANY:
            rest = chain(_emptied(ahead), incoming.portions)
            yield from _laid_apart(rest, incoming.strict, str(folder))
            return
    for number, portion in enumerate(ahead):
        yield lay(portion, incoming.strict, number, str(folder))


def _emptied(portions: list[Portion]) -> Iterator[Portion]:
    while portions:
        yield portions.pop(0)


def _laid_apart(portions: Iterator[Portion], strict: bool, folder: str) -> Iterator[Laid]:
    """Check portions in two processes, a few ahead, and give them in order."""
    with ProcessPoolExecutor(2, get_context("spawn"), prepare, (os.getpid(),)) as pool:
        under_way: deque[Future[Laid]] = deque()
        for number, portion in enumerate(portions):
            if len(under_way) >= AHEAD:
                yield under_way.popleft().result()
            under_way.append(pool.submit(lay, portion, strict, number, folder))
        while under_way:
            yield under_way.popleft().result()


def _cuts(kind: Kind, keys: list[str]) -> Iterator[tuple[Kind, str, str, int]]:
    """Part sampled keys into stretches of about ``PART`` rows."""
    if not keys:
        return
    keys.sort()
    rows = PART if len(keys) * SAMPLE < LARGE else 2 * PART
    size = rows // SAMPLE
    edges = list(dict.fromkeys(keys[size::size]))
    for low, high in zip(["", *edges], [*edges, LATER], strict=True):
        yield kind, low, high, min(rows, len(keys) * SAMPLE)


def part(folder: Path, staged: Staged, kind: Kind, low: str, high: str) -> pl.DataFrame:
    """Return the rows of a part: of every portion the slice between two keys."""
    column = "key" if kind == "rows" else "subject_key"
    slices = []
    for number in range(staged.portions):
        path = folder / f"{kind}-{number}.arrow"
        keys = pl.read_ipc(path, columns=[column])[column]
        first, last = keys.search_sorted(low), keys.search_sorted(high)
        if last > first:
            slices.append(pl.scan_ipc(path).slice(first, last - first).collect())
    if not slices:
        return pl.read_ipc(folder / f"{kind}-0.arrow").clear()
    return pl.concat(slices).sort(column)


def parts(
    folder: Path, staged: Staged, first: int
) -> Iterator[tuple[Kind, str, str, pl.DataFrame]]:
    """Give part after part, while the next one is read beside it."""
    with ThreadPoolExecutor(1) as beside:
        ahead: Future[pl.DataFrame] | None = None
        for number, (kind, low, high, _rows) in enumerate(staged.parts[first:], first + 1):
            rows = ahead.result() if ahead else part(folder, staged, kind, low, high)
            ahead = None
            if number < len(staged.parts):
                ahead = beside.submit(part, folder, staged, *staged.parts[number][:3])
            yield kind, low, high, rows


def once(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep one row of those with the same key: the later stage, then the one that says more."""
    return rows.sort(
        "key", "stage", "filled", "line", descending=[False, True, True, False]
    ).unique("key", keep="first", maintain_order=True)


def refused_rows(folder: Path, staged: Staged) -> Iterator[tuple[int, str, str]]:
    """Give everything that was refused, by line."""
    for number in range(staged.portions):
        path = folder / f"refused-{number}.arrow"
        if path.exists():
            yield from pl.read_ipc(path).iter_rows()
