"""Relations of a portion: said in columns of a table or by the reader, read into keys."""

import re

import polars as pl

from rongbiao.texts.numbers import bulk_numbers

from .columns import RELATIONS
from .portion import RELATION_SCHEMA, Portion

PARTED = r"[、;；\n|]+|,(?=\s*[A-Z])|，(?=\s*[A-Z])"
DEGREE = re.compile(
    r"[,，(（\s]*(IDT|MOD|NEQ|EQV|等同采用?|修改采用?|非等效采用?|等效采用?)[)）]?\s*$",
    re.IGNORECASE,
)
DEGREES = {
    "IDT": "adopts-idt", "等同": "adopts-idt", "MOD": "adopts-mod", "修改": "adopts-mod",
    "EQV": "adopts-mod", "等效": "adopts-mod", "NEQ": "adopts-neq", "非等效": "adopts-neq",
}  # fmt: skip
COLUMNS = ("subject", "subject_key", "kind", "object", "object_key", "dated")


def related(portion: Portion) -> tuple[pl.DataFrame, int]:
    """Return the relations of a portion by key, and how many could not be read.

    A relation whose one end is no standard number, or that leads to itself, is left out;
    only the first is counted.
    """
    frames = [portion.relations, *_said_in_columns(portion.rows)]
    said = pl.concat(frames) if len(frames) > 1 else frames[0]
    if said.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String) | {"dated": pl.Boolean}), 0
    texts = pl.concat([said["subject"], said["object"].alias("subject")]).unique().to_list()
    read = bulk_numbers(texts)
    rows = [
        (text, one.number, one.key, one.year is not None)
        for text, one in zip(texts, read, strict=True)
        if not one.why
    ]
    known = pl.DataFrame(
        rows,
        schema={"text": pl.String, "n": pl.String, "k": pl.String, "d": pl.Boolean},
        orient="row",
    )
    first = known.rename({"n": "subject_n", "k": "subject_key", "d": "_"})
    other = known.rename({"n": "object_n", "k": "object_key", "d": "dated"})
    joined = said.join(first, left_on="subject", right_on="text").join(
        other, left_on="object", right_on="text"
    )
    unread = said.height - joined.height
    kept = joined.filter(pl.col("subject_key") != pl.col("object_key")).select(
        pl.col("subject_n").alias("subject"), "subject_key", "kind",
        pl.col("object_n").alias("object"), "object_key", "dated",
    )  # fmt: skip
    once = kept.unique(["subject_key", "kind", "object_key"], keep="first")
    return once.sort("subject_key", "kind", "object_key"), unread


def _said_in_columns(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what the columns of a table say: one relation for each number listed."""
    frames = []
    for name in RELATIONS:
        if name not in rows.columns:
            continue
        filled = rows.filter(pl.col(name).str.strip_chars() != "").select("line", "number", name)
        said = [
            (line, number, *_one(name, part.strip()))
            for line, number, listed in filled.iter_rows()
            for part in re.split(PARTED, listed)
            if part.strip()
        ]
        frames.append(pl.DataFrame(said, schema=RELATION_SCHEMA, orient="row"))
    return frames


def _one(name: str, text: str) -> tuple[str, str]:
    """Return kind and number of one entry; an adoption without its degree only corresponds.

    >>> _one("adopts", "ISO 9001:2015，IDT")
    ('adopts-idt', 'ISO 9001:2015')
    """
    if name != "adopts":
        return name, text
    found = DEGREE.search(text)
    if not found:
        return "corresponds", text
    return DEGREES[found[1].upper().removesuffix("采用")], text[: found.start()]
