"""Numbers of a whole column of a table: the same answers as ``bulk_numbers``, sooner again.

Nine of ten numbers of a register are a code without blanks, one blank, figures with dots, a dash
and a year. Those are read here all at once; the others one by one.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from .bulk import bulk_numbers
from .plain import DOTTED, HEADS

PLAIN = r"^[^ ]+ [0-9]{1,6}(?:\.[0-9]{1,4})*(?:-(?:19|20)[0-9]{2})?$"  # DOTTED behind a code
OPEN, MADE_UP = "^[TQ]/[A-Z]{2,12}$", "^[TQ]/X+$"  # bodies and enterprises are no closed list
SCHEMA: dict[str, type[pl.DataType]] = dict.fromkeys(
    ("number", "key", "resolver_key", "level", "year", "why"), pl.String
) | {"year": pl.Int16}


def number_columns(texts: pl.Series) -> pl.DataFrame:
    """Return the fields of ``Loaded`` as columns, for each text in order.

    >>> number_columns(pl.Series(["GB/T 1.1-2020", "DB44/26-2001"]))["key"].to_list()
    ['GB/T1.1-2020', 'DB4426-2001']
    """
    plain = texts.str.contains(PLAIN)
    parted = texts.set(~plain, None).str.split_exact(" ", 1)  # capturing takes longer
    parts = parted.struct.rename_fields(["code", "tail"]).struct.unnest()
    rows = texts.alias("number").to_frame().hstack(parts)
    rows = rows.join(_codes(), on="code", how="left", maintain_order="left")
    is_open = pl.col("code").str.contains(OPEN) & ~pl.col("code").str.contains(MADE_UP)
    of_open = pl.when(is_open).then("code")
    dated = pl.col("tail").str.contains("-", literal=True)
    level = (
        pl.when(pl.col("code").str.starts_with("T/"))
        .then(pl.lit("group"))
        .otherwise(pl.lit("enterprise"))
    )
    known = rows.select(
        "number",
        key=pl.coalesce("key", of_open) + pl.col("tail"),
        resolver_key=pl.coalesce("resolver_key", of_open) + pl.col("tail"),
        level=pl.coalesce("level", pl.when(is_open).then(level)),
        year=pl.when(dated).then(pl.col("tail").str.tail(4)).cast(pl.Int16),
        why=pl.lit(""),
    )
    other = known["key"].is_null()
    if not other.any():
        return known
    read = pl.DataFrame(list(bulk_numbers(texts.filter(other).to_list())), SCHEMA, orient="row")
    places = other.arg_true()
    return known.select(known[name].scatter(places, read[name]) for name in SCHEMA)


@cache
def _codes() -> pl.DataFrame:
    """Return the closed list of codes whose numbers are parted by dots, and what each decides."""
    rows = [
        (code, head.key, head.resolver_key, head.level)
        for code, head in HEADS.items()
        if head.rest is DOTTED
    ]
    return pl.DataFrame(rows, ["code", "key", "resolver_key", "level"], orient="row")
