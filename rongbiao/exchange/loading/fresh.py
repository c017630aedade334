"""Fresh rows (新增): editions that the register does not have yet, as its tables take them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from . import sql
from .columns import KEYS, MERGED

PARTICIPATION = "standards_participation"
BETWEEN = r"[；;，|\n]"
Units = dict[str, int]  # the units of this city by the names that standards print


@dataclass(frozen=True)
class Mark:
    """What every row that is written carries: source and basis."""

    source: str
    source_on: date | None
    basis: str
    basis_on: date | None
    demonstration: bool

    def columns(self, *, with_day: bool = True) -> dict[str, pl.Expr]:
        """Return the columns of the mark for a frame."""
        flag: Any = self.demonstration if sql.on_postgresql() else int(self.demonstration)
        columns = {
            "source": pl.lit(self.source),
            "basis": pl.lit(self.basis),
            "basis_on": _day(self.basis_on),
            "demonstration": pl.lit(flag),
        }
        return columns | ({"source_on": _day(self.source_on)} if with_day else {})


def _day(day: date | None) -> pl.Expr:
    return pl.lit(day.isoformat() if day else None, pl.String)


def tables_of(rows: pl.DataFrame, first: int, mark: Mark, units: Units) -> dict[str, pl.DataFrame]:
    """Return what two tables take of new editions; ``first`` is the primary key of the first."""
    ids = pl.int_range(first, first + rows.height, eager=True).alias("id")
    rows = rows.with_columns(ids)
    editions = rows.select("id", *KEYS, *MERGED).with_columns(**mark.columns())
    drafting = drafters_of(rows.select("id", "drafters"), units)
    return {sql.STANDARD: editions, PARTICIPATION: drafting}


def drafters_of(drafters: pl.DataFrame, units: Units) -> pl.DataFrame:
    """Return lists of drafting units as their table takes them: the first leads, the others join."""
    return named(drafters).select(
        pl.col("id").alias("standard_id"),
        "name",
        pl.col("name")
        .replace_strict(units, default=None, return_dtype=pl.Int64)
        .alias("organization_id"),
        "place",
        pl.when(pl.col("place") == 0).then(pl.lit("lead")).otherwise(pl.lit("join")).alias("part"),
    )


def named(drafters: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each unit of each list: id, name, place."""
    return (
        drafters.filter(pl.col("drafters") != "")
        .with_columns(name=pl.col("drafters").str.replace_all(BETWEEN, "、").str.split("、"))
        .explode("name")
        .with_columns(pl.col("name").str.strip_chars())
        .filter(pl.col("name") != "")
        .unique(["id", "name"], keep="first", maintain_order=True)
        .select("id", "name", place=pl.int_range(pl.len()).over("id"))
    )
