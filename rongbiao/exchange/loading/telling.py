"""Telling (记动态): what a load did to editions becomes news for feeds and digests."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from rongbiao.standards.events import NAMED, OLD, WATCHED, note_many

COLUMNS = tuple(dict.fromkeys((*NAMED, *WATCHED, "year")))


def recent(rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return what may be told of new editions; those issued more than a year ago are left out."""
    issued = pl.col("issued_on").fill_null("")
    late = (issued >= (day - OLD).isoformat()) | (
        (issued == "") & (pl.col("year").fill_null(day.year).cast(pl.Int64) >= day.year - 1)
    )
    return rows.filter(late).select(name for name in COLUMNS if name in rows.columns)


def tell_fresh(rows: pl.DataFrame, day: date) -> None:
    """Note editions that are new and recent."""
    note_many(((None, _said(row)) for row in rows.iter_rows(named=True)), day=day)


def tell_changed(changed: Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]], day: date) -> None:
    """Note what changed, from rows as they were (``…_held``) and the columns that are another."""
    note_many(
        (
            (_said({name: row[f"{name}_held"] for name in WATCHED}), _said(_after(row, values)))
            for row, values in changed
            if values
        ),
        day=day,
    )


def _after(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    held = {name: row[f"{name}_held"] for name in WATCHED}
    named = {name: row[name] for name in NAMED}
    named["title"] = row["title_held"]
    return named | held | dict(values)


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as a register holds them: days are days."""
    return {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value
        for name, value in row.items()
    }
