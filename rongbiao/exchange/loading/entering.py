"""Entering (登记): one part of a staged file against the register, tried or written.

The same comparison serves the dry run and the entry, so that the second does what the
first has shown.
"""

from datetime import date
from enum import Enum, auto
from typing import Any

import polars as pl
from django.utils import timezone

from rongbiao.standards.change import EVERYTHING

from . import sql
from .columns import MERGED
from .fresh import PARTICIPATION, Mark, Units, drafters_of, named, tables_of
from .merging import Claims, Merged, merge
from .outcome import Outcome
from .ready import Ready
from .staging import once
from .telling import recent, tell_changed, tell_fresh

CLAIM = "standards_claim"
CHANGE = "standards_change"
RELATION = "standards_relation"
COMPARED = tuple(name for name in MERGED if name != "issued_precision")
NULLED = ("planned_on", "issued_on", "implemented_on", "confirmed_on", "withdrawn_on")
HELD = ("id", "key", "source", "source_on", *MERGED)


class Write(Enum):
    """What is written of a part."""

    NOTHING = auto()
    ROWS = auto()
    FILLING = auto()  # the index is to be made anew: no change for every single row


def enter_rows(
    rows: pl.DataFrame, low: str, high: str, mark: Mark, units: Units, write: Write
) -> Outcome:
    """Compare a part with the register and, if asked to, write what is new and what changes."""
    kept = once(rows)
    twice = rows.height - kept.height
    outcome = Outcome(twice=twice, same=twice)
    if kept.is_empty():
        return outcome
    held = _held(kept, low, high)
    joined = kept.join(held, on="key", how="left", suffix="_held")
    fresh = joined.filter(pl.col("id").is_null()).select(kept.columns)
    outcome.new = fresh.height
    changes = [pl.Series([], dtype=pl.Int64)]
    if write != Write.NOTHING and fresh.height:
        changes.append(_write_fresh(fresh, mark, units))
    if held.height:
        known = joined.filter(pl.col("id").is_not_null())
        changes.append(_known(known, mark, units, outcome, write=write != Write.NOTHING))
    if write != Write.NOTHING:
        _note(pl.concat(changes), write)
    return outcome


def _held(kept: pl.DataFrame, low: str, high: str) -> pl.DataFrame:
    """Return what the register holds of the editions of a part."""
    schema = dict.fromkeys(HELD, pl.String) | {"id": pl.Int64}
    found: list[tuple] = []
    if sql.any_between(low, high):
        found = sql.rows_of(sql.STANDARD, HELD, "key", kept["key"].to_list())
    return pl.DataFrame(found, schema=schema, orient="row")


def _write_fresh(fresh: pl.DataFrame, mark: Mark, units: Units) -> pl.Series:
    """Write editions that are new, with their drafting units; return their primary keys."""
    first = sql.reserve(sql.STANDARD, fresh.height)
    for table, frame in tables_of(fresh, first, mark, units).items():
        sql.insert(table, frame)
    tell_fresh(recent(fresh, timezone.localdate()), timezone.localdate())
    return pl.int_range(first, first + fresh.height, eager=True)


def enter_ready(ready: Ready, write: Write) -> Outcome:
    """Write a part that was made ready: the register holds none of its editions."""
    for table in (sql.STANDARD, PARTICIPATION):
        sql.pour(table, ready.path)
    tell_fresh(ready.recent, timezone.localdate())
    ids = pl.int_range(ready.first, ready.first + ready.rows, eager=True)
    _note(ids, write)
    return Outcome(new=ready.rows, twice=ready.twice, same=ready.twice)


def _note(changed: pl.Series, write: Write) -> None:
    """Tell the search which editions it has to take up."""
    if write == Write.FILLING:
        changed = pl.Series([EVERYTHING])
    sql.insert(CHANGE, changed.alias("standard_id").to_frame())


def _known(
    known: pl.DataFrame, mark: Mark, units: Units, outcome: Outcome, *, write: bool
) -> pl.Series:
    """Carry over what a source says of editions that are there; return which changed."""
    ids = known["id"].to_list()
    claims = _claims(ids)
    known = _with_drafters(known, ids)
    differs = pl.any_horizontal(
        (pl.col(name).fill_null("") != "") & (pl.col(name) != pl.col(f"{name}_held").fill_null(""))
        for name in (*COMPARED, "drafters")
    ) | (pl.col("issued_precision") != pl.col("issued_precision_held"))
    claimed = pl.col("id").is_in(list(claims))
    asked = known.filter(differs | claimed)
    outcome.same += known.height - asked.height
    changed: list[tuple[int, Merged]] = []
    told: list[tuple[dict[str, Any], dict[str, str]]] = []
    for row in asked.iter_rows(named=True):
        held = {name: row[f"{name}_held"] for name in (*MERGED, "drafters")}
        said = {name: row[name] for name in (*MERGED, "drafters")}
        owner = row["source"], _read_day(row["source_on"])
        speaker = mark.source, mark.source_on
        merged = merge(held, owner, claims.get(row["id"], {}), said, speaker)
        outcome.claims += merged.disagreements
        outcome.filled += bool(merged.filled)
        outcome.older += bool(merged.older)
        if merged.values:
            outcome.changed += 1
            told.append((row, merged.values))
        else:
            outcome.same += 1
        changed.append((row["id"], merged))
    if write:
        _write_changes(changed, mark, units)
        tell_changed(iter(told), timezone.localdate())
    return pl.Series([pk for pk, merged in changed if merged.values], dtype=pl.Int64)


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _claims(ids: list[int]) -> dict[int, Claims]:
    found: dict[int, Claims] = {}
    columns = ("standard_id", "field", "source", "value", "source_on")
    for pk, name, source, value, day in sql.rows_of(CLAIM, columns, "standard_id", ids):
        found.setdefault(pk, {}).setdefault(name, {})[source] = (value, _read_day(day))
    return found


def _with_drafters(known: pl.DataFrame, ids: list[int]) -> pl.DataFrame:
    """Set the list of units that is said beside the one that is held, both in one form."""
    said = _listed(named(known.select("id", "drafters")), "drafters")
    held: list[tuple] = []
    if said.height:
        columns = ("standard_id", "name", "place")
        found = sql.rows_of(PARTICIPATION, columns, "standard_id", ids)
        held = [(pk, name, int(place)) for pk, name, place in found]
    schema = {"id": pl.Int64, "name": pl.String, "place": pl.Int64}
    rows = pl.DataFrame(held, schema=schema, orient="row").sort("id", "place")
    joined = known.drop("drafters").join(said, on="id", how="left")
    return joined.join(_listed(rows, "drafters_held"), on="id", how="left").with_columns(
        pl.col("drafters", "drafters_held").fill_null("")
    )


def _listed(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return one row for each edition: its units in order, as one text."""
    return rows.group_by("id", maintain_order=True).agg(pl.col("name").str.join("、").alias(name))


def _write_changes(changed: list[tuple[int, Merged]], mark: Mark, units: Units) -> None:
    """Write columns, lists of units and claims."""
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    lists: list[tuple[int, str]] = []
    said: dict[tuple[int, str, str], tuple] = {}
    gone: list[tuple[int, str, str]] = []
    for pk, merged in changed:
        values = dict(merged.values)
        if "drafters" in values:
            lists.append((pk, values.pop("drafters")))
        if merged.values:
            names = tuple(values)
            row = [values[name] or None if name in NULLED else values[name] for name in names]
            by_columns.setdefault(names, []).append([*row, mark.basis, mark.basis_on, pk])
        for name, value, source, day in merged.said:
            said[pk, name, source] = (pk, name, value, source, day.isoformat() if day else None)
        gone += [(pk, name, source) for name, source in merged.unsaid]
    for names, rows in by_columns.items():
        sql.update(sql.STANDARD, (*names, "basis", "basis_on"), rows)
    if lists:
        _replace_drafters(lists, units)
    _replace_claims(said, {*said, *gone})


def _replace_drafters(lists: list[tuple[int, str]], units: Units) -> None:
    pks = [pk for pk, _names in lists]
    old = sql.rows_of(PARTICIPATION, ("id",), "standard_id", pks)
    sql.delete(PARTICIPATION, [pk for (pk,) in old])
    schema = {"id": pl.Int64, "drafters": pl.String}
    rows = pl.DataFrame(lists, schema=schema, orient="row")
    sql.insert(PARTICIPATION, drafters_of(rows, units))


def _replace_claims(said: dict[tuple[int, str, str], tuple], touched: set) -> None:
    """Write claims anew: those touched go, those said come."""
    pks = sorted({pk for pk, _name, _source in touched})
    columns = ("id", "standard_id", "field", "source")
    old = sql.rows_of(CLAIM, columns, "standard_id", pks)
    sql.delete(CLAIM, [pk for pk, *named_so in old if tuple(named_so) in touched])
    names = ("standard_id", "field", "value", "source", "source_on")
    schema = dict.fromkeys(names, pl.String) | {"standard_id": pl.Int64}
    sql.insert(CLAIM, pl.DataFrame(list(said.values()), schema=schema, orient="row"))


def enter_relations(rows: pl.DataFrame, mark: Mark, write: Write) -> Outcome:
    """Enter the relations of a part that the register does not have."""
    identity = ["subject_key", "kind", "object_key"]
    kept = rows.unique(identity, keep="first", maintain_order=True)
    if kept.is_empty():
        return Outcome()
    subjects = kept["subject_key"].unique().to_list()
    old = sql.rows_of(RELATION, identity, "subject_key", subjects)
    held = pl.DataFrame(old, schema=dict.fromkeys(identity, pl.String), orient="row")
    fresh = kept.join(held, on=identity, how="anti")
    if write != Write.NOTHING:
        dated = pl.col("dated") if sql.on_postgresql() else pl.col("dated").cast(pl.Int8)
        sql.insert(RELATION, fresh.with_columns(dated, **mark.columns(with_day=False)))
    return Outcome(relations=fresh.height)
