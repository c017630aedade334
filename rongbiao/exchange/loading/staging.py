"""Staging (暂存): a checked file laid out on disk, in parts of neighboring keys.

Every portion is checked, sorted by key and written down; afterwards the keys are parted
into stretches of about ``PART`` rows. A part is read back as a slice of every portion, so
that memory holds one part and the database receives rows in the order of its indexes.
What is laid out depends on nothing but the file: after a kill it is made again, the same.
"""

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl
from django.utils.translation import gettext as _

from .checking import REFUSED_SCHEMA, check
from .columns import DAYS, KEYS, MERGED, heading_of
from .outcome import MOST_KEPT, Outcome
from .portion import Incoming, Readable, Titles
from .relations import related

PART = 100_000  # rows entered in one transaction
SAMPLE = 200  # every so-manieth key tells where to cut
MANY = 150_000  # rows; from here on helpers work beside
LEAF = 2048  # rows of a file that are read at once
AHEAD = 4  # portions under way at once
MANIFEST = "manifest.json"
LATER = "\U0010ffff"  # sorts after every key
SAID = tuple(name for name in MERGED if name != "issued_precision")
KEPT = ("line", *KEYS, *MERGED, "drafters", "filled")
Kind = Literal["rows", "relations", "titles"]


class Part(NamedTuple):
    """Neighboring keys: where each portion has them."""

    kind: Kind
    low: str  # from this key
    high: str  # to before this one
    slices: list[tuple[int, int, int]]  # portion, first row, rows

    @property
    def height(self) -> int:
        """How many rows it has, those said twice among them."""
        return sum(rows for _portion, _first, rows in self.slices)


@dataclass
class Staged:
    """A file that is laid out: what it was taken for, what was counted, where it is cut."""

    format: str
    source: str
    headings: list[str]
    columns: dict[str, str]
    outcome: dict[str, int]
    reasons: list[list[Any]]
    portions: int
    parts: list[Part] = field(default_factory=list)


class Laid(NamedTuple):
    """What one portion came to."""

    rows: int
    refused: int
    unread: int
    reasons: list[tuple[int, str, str]]
    keys: list[str]
    subjects: list[str]


def lay(readable: Readable, strict: bool, number: int, folder: str, every: int) -> Laid:
    """Check one portion and write it down; of its keys return every so-manieth.

    Runs in a process of its own for large files.
    """
    portion = readable.read()
    checked = check(portion, strict=strict)
    relations, unread = related(portion)
    refused = checked.refused
    lines = refused.select("line").unique()
    for kind, frame in (("rows", _spoken(checked.rows.select(KEPT))), ("relations", relations)):
        frame.write_ipc(f"{folder}/{kind}-{number}.arrow", record_batch_size=LEAF)
    if refused.height:
        refused.write_ipc(f"{folder}/refused-{number}.arrow")
    return Laid(
        portion.rows.height,
        lines.height,
        unread,
        refused.head(MOST_KEPT).rows(),
        checked.rows["key"].gather_every(every).to_list(),
        relations["subject_key"].gather_every(every).to_list(),
    )


def _spoken(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out the columns of which no row says anything: they are as long as any other."""
    texts = rows.select(pl.col(pl.String))
    empty = (column.name for column in texts.iter_columns() if not (column.head(1) != "").any())
    return rows.drop([name for name in empty if not (rows[name] != "").any()])


def stage(
    incoming: Incoming, folder: Path, helpers: Executor, report: Callable[[int], None]
) -> Staged:
    """Lay out a file; ``report`` is told how many rows are done as they are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    outcome, keys, subjects, portions = Outcome(), [], [], 0
    for laid in _laid(incoming, folder, helpers):
        portions += 1
        outcome.add(
            Outcome(lines=laid.rows, refused=laid.refused, unread=laid.unread, reasons=laid.reasons)
        )
        keys += laid.keys
        subjects += laid.subjects
        report(outcome.lines)
    if incoming.strict and portions:
        outcome.add(_contradictions(folder, portions))
    outcome.reasons.sort()
    parts = [*_cut("rows", keys, folder, portions), *_cut("relations", subjects, folder, portions)]
    if incoming.titles is not None:
        outcome, parts, portions = *_titles(incoming.titles, folder), 1
    staged = Staged(
        incoming.format, incoming.source, incoming.headings, incoming.columns,
        outcome.counts(), [list(one) for one in outcome.reasons], portions, parts,
    )  # fmt: skip
    draft = folder / f"{MANIFEST}.new"
    draft.write_text(json.dumps(vars(staged), ensure_ascii=False))
    draft.replace(folder / MANIFEST)
    return staged


def _titles(titles: Titles, folder: Path) -> tuple[Outcome, list[Part]]:
    """Lay out titles of codes: one portion, one part."""
    rows, refused, read = titles
    rows.write_ipc(folder / "titles-0.arrow")
    refused.write_ipc(folder / "refused-0.arrow")
    twice = read - refused.height - rows.height
    outcome = Outcome(lines=read, refused=refused.height, same=twice, twice=twice)
    outcome.reasons = refused.head(MOST_KEPT).rows()
    return outcome, [Part("titles", "", LATER, [(0, 0, rows.height)])] if rows.height else []


def staged_before(folder: Path) -> Staged | None:
    """Return what is laid out in a folder already, whole."""
    try:
        staged = Staged(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError):  # TypeError: an older version laid it out
        return None
    staged.parts = [Part(*part) for part in staged.parts]
    return staged


def _laid(incoming: Incoming, folder: Path, helpers: Executor) -> Iterator[Laid]:
    """Give what every portion came to, in order; many portions are checked by the helpers."""
    ahead: list[Readable] = []
    rows = 0
    for portion in incoming.portions:
        ahead.append(portion)
        rows += portion.height
        if rows >= MANY:
            rest = chain(_emptied(ahead), incoming.portions)
            yield from _laid_apart(rest, incoming.strict, str(folder), helpers)
            return
    for number, portion in enumerate(ahead):
        yield lay(portion, incoming.strict, number, str(folder), SAMPLE)


def _emptied(portions: list[Readable]) -> Iterator[Readable]:
    while portions:
        yield portions.pop(0)


def _laid_apart(
    portions: Iterator[Readable], strict: bool, folder: str, helpers: Executor
) -> Iterator[Laid]:
    """Let helpers check portions, a few ahead, and give them in order."""
    under_way: deque[Future[Laid]] = deque()
    for number, portion in enumerate(portions):
        if len(under_way) >= AHEAD:
            yield under_way.popleft().result()
        under_way.append(helpers.submit(lay, portion, strict, number, folder, SAMPLE))
    while under_way:
        yield under_way.popleft().result()


def _cut(kind: Kind, sampled: list[str], folder: Path, portions: int) -> Iterator[Part]:
    """Part the keys into stretches of about ``PART`` rows."""
    if not sampled:
        return
    sampled.sort()
    size = PART // SAMPLE
    edges = ["", *dict.fromkeys(sampled[size::size]), LATER]
    found: list[list[int]] = []  # of each portion: where each edge would stand
    for number in range(portions):
        keys = _keys(folder, kind, number)
        found.append(keys.search_sorted(pl.Series(edges, dtype=pl.String)).to_list())
    for place, (low, high) in enumerate(zip(edges, edges[1:], strict=False)):
        slices = [
            (number, at[place], at[place + 1] - at[place])
            for number, at in enumerate(found)
            if at[place + 1] > at[place]
        ]
        yield Part(kind, low, high, slices)


def _keys(folder: Path, kind: Kind, number: int) -> pl.Series:
    column = "key" if kind == "rows" else "subject_key"
    path = folder / f"{kind}-{number}.arrow"
    if column not in pl.read_ipc_schema(path):  # every row was refused
        return pl.Series(column, [], pl.String)
    return pl.read_ipc(path, columns=[column])[column]


def part_rows(folder: Path, part: Part) -> pl.DataFrame:
    """Return the rows of a part, of every portion its slice."""
    slices = [
        pl.scan_ipc(folder / f"{part.kind}-{number}.arrow").slice(first, rows)
        for number, first, rows in part.slices
    ]
    if not slices:
        slices = [pl.scan_ipc(folder / f"{part.kind}-0.arrow").head(0)]
    found = pl.collect_all(slices)
    return pl.concat(map(_with_all, found) if part.kind == "rows" else found)


def _with_all(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the columns of which none of them said anything."""
    lacking = [name for name in KEPT if name not in rows.columns]
    empty = (pl.lit(None if name in DAYS else "", pl.String).alias(name) for name in lacking)
    return rows.with_columns(*empty).select(KEPT)


def once(rows: pl.DataFrame) -> pl.DataFrame:
    """Sort by key and keep one row of each: the later stage, then the one that says more."""
    if rows["key"].n_unique() == rows.height:
        return rows.sort("key")
    return rows.sort(
        "key", "stage", "filled", "line", descending=[False, True, True, False]
    ).unique("key", keep="first", maintain_order=True)


def _contradictions(folder: Path, portions: int) -> Outcome:
    """Refuse the lines that say otherwise of an edition than another line; take them out."""
    hashes = pl.concat([_keys(folder, "rows", number).hash() for number in range(portions)])
    alike = hashes.filter(hashes.is_duplicated()).unique()
    if alike.is_empty():
        return Outcome()
    rows = pl.concat([
        _with_all(found).with_columns(portion=pl.lit(number))
        for number in range(portions)
        if (found := pl.read_ipc(folder / f"rows-{number}.arrow").filter(
            pl.col("key").hash().is_in(alike.implode())
        )).height
    ])  # fmt: skip
    kept = once(rows.drop("portion")).select("key", "line", *SAID)
    joined = rows.join(kept, on="key", suffix="_kept").filter(pl.col("line") != pl.col("line_kept"))
    said, other = ([pl.col(f"{name}{end}").fill_null("") for name in SAID] for end in ("", "_kept"))
    differs = [
        (one != two) & (one != "") & (two != "") for one, two in zip(said, other, strict=True)
    ]
    refused = joined.filter(pl.any_horizontal(differs)).sort("line")
    reasons = [
        (line, str(heading_of("number")), _("编号与第 {line} 行相同，内容不同").format(line=first))
        for line, first in refused.select("line", "line_kept").iter_rows()
    ]
    for (number,), bad in refused.group_by("portion"):
        path, table = (folder / f"{name}-{number}.arrow" for name in ("rows", "refused"))
        lines = bad["line"].implode()
        _replace(path, pl.read_ipc(path).filter(~pl.col("line").is_in(lines)))
        lost = set(bad["line"])
        more = [one for one in reasons if one[0] in lost]
        rest = [pl.read_ipc(table)] if table.exists() else []
        _replace(table, pl.concat([*rest, pl.DataFrame(more, REFUSED_SCHEMA, orient="row")]))
    return Outcome(refused=len(reasons), reasons=reasons[:MOST_KEPT])


def _replace(path: Path, rows: pl.DataFrame) -> None:
    """Write a table anew beside the old one, which may still be mapped into memory."""
    draft = path.with_name(f"{path.name}.new")
    rows.write_ipc(draft, record_batch_size=LEAF)
    draft.replace(path)


def refused_rows(folder: Path, staged: Staged) -> Iterator[tuple[int, str, str]]:
    """Give everything that was refused, by line."""
    for number in range(staged.portions):
        path = folder / f"refused-{number}.arrow"
        if path.exists():
            yield from pl.read_ipc(path).iter_rows()
