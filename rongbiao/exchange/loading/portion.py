"""Portions (一段): what a reader hands on — rows as text with their lines, relations beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import polars as pl
from django.utils.translation import gettext as _

from .columns import HEADINGS

ROWS = 50_000  # of one portion
ROW_SCHEMA: dict[str, type[pl.DataType]] = {"line": pl.UInt32} | dict.fromkeys(HEADINGS, pl.String)
RELATION_SCHEMA: dict[str, type[pl.DataType]] = {
    "line": pl.UInt32,
    "subject": pl.String,
    "kind": pl.String,
    "object": pl.String,
}
SURPLUS = "surplus"  # set where a line has more cells than the table has headings


class Unreadable(ValueError):
    """A file that cannot be read at all; the message is a whole sentence.

    A table whose headings are not understood gives them with what each was taken to mean:
    a person may tell.
    """

    def __init__(self, said: str, headings: Sequence[list[str]] = ()) -> None:
        super().__init__(said)
        self.headings = list(headings)


class Portion(NamedTuple):
    """Some consecutive rows of a file."""

    rows: pl.DataFrame  # line and columns of ROW_SCHEMA, whichever the file has
    relations: pl.DataFrame  # RELATION_SCHEMA

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.rows.height

    def read(self) -> "Portion":
        """Return itself: it was read before."""
        return self


class Readable(Protocol):
    """A portion, or a place in a file where one may be read by whoever gets it."""

    @property
    def height(self) -> int:
        """About how many rows it has."""

    def read(self) -> Portion:
        """Return the rows; raises ``Unreadable``."""


class Titles(NamedTuple):
    """Titles of codes, each code once, and what of the file was refused."""

    rows: pl.DataFrame
    refused: pl.DataFrame
    read: int  # lines


@dataclass
class Incoming:
    """A file that was recognized: its format, whose it is, and how to read it."""

    format: str
    source: str  # what the format itself says; empty for tables
    portions: Iterator[Readable]
    strict: bool = True  # a table made by people
    headings: list[str] = field(default_factory=list)  # of a table
    columns: dict[str, str] = field(default_factory=dict)  # heading: column
    titles: Titles | None = None  # where the file holds those and no standards


def no_relations() -> pl.DataFrame:
    """Return a frame of relations that holds none."""
    return pl.DataFrame(schema=RELATION_SCHEMA)


def portion(rows: Sequence[dict], relations: Sequence[tuple[int, str, str, str]]) -> Portion:
    """Return rows and relations that were made one by one as a portion."""
    names = dict.fromkeys(name for row in rows for name in row)
    schema = {name: ROW_SCHEMA[name] for name in ("line", *(n for n in names if n != "line"))}
    columns = {name: [row.get(name) for row in rows] for name in schema}
    related = zip(*relations, strict=True) if relations else [[]] * len(RELATION_SCHEMA)
    try:
        return Portion(
            pl.DataFrame(columns, schema=schema),
            pl.DataFrame(
                dict(zip(RELATION_SCHEMA, map(list, related), strict=True)), schema=RELATION_SCHEMA
            ),
        )
    except UnicodeEncodeError as bad:  # half of a surrogate pair, which JSON can write
        line = next((row["line"] for row in rows if not _whole(row.values())), rows[0]["line"])
        raise Unreadable(_("第 {line} 行夹有不完整的字符。").format(line=line)) from bad


def _whole(values: Iterable[object]) -> bool:
    return not any(
        "\ud800" <= letter <= "\udfff"
        for text in values
        if isinstance(text, str)
        for letter in text
    )


def by_portions(
    said: Iterable[tuple[dict, list[tuple[int, str, str, str]]]], size: int = ROWS
) -> Iterator[Portion]:
    """Gather rows that come one by one, each with its relations, into portions."""
    rows: list[dict] = []
    relations: list[tuple[int, str, str, str]] = []
    for row, related in said:
        rows.append(row)
        relations += related
        if len(rows) >= size:
            yield portion(rows, relations)
            rows, relations = [], []
    if rows:
        yield portion(rows, relations)
