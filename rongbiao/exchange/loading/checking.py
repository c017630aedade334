"""Checking (校验): text becomes columns of an edition, column by column, refusals with their lines."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import polars as pl
from django.utils.translation import gettext as _

from rongbiao.standards.numbering import CODE, WIDTH, bare_key, sorting
from rongbiao.standards.status import FOLLOWING
from rongbiao.texts.numbers.columns import number_columns

from .columns import DAYS, LONGEST, MERGED, heading_of
from .portion import SURPLUS, Portion
from .words_of_columns import WORDS

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
UNSEEN = r"[\u200b-\u200f\u2028\u2029\u2060\ufeff]"  # of no width: they only part equal words
ICS = r"^\d{2}(?:\.\d{3}(?:\.\d{2})?)?(?: \d{2}(?:\.\d{3}(?:\.\d{2})?)?)*$"
CCS = r"^[A-Z](?:\d{1,2})?(?:[ /][A-Z]?\d{1,2})*$"
BETWEEN = r"[\s,;，；、|]+"
REGION = r"^\d{2}(?:\d{2}){0,2}$"
OWNED = r"^DB[SJ]?(\d{6}|\d{4}|\d{2})"
DRAFTER = r"[^、；;，|\n]{201}"
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)|年)?(?:[ T]00:00.*)?")
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
PARTLY = {"issued_on"}  # days of which a month or a year is enough
TEXTS = tuple(name for name in LONGEST if name not in {"replaces", "adopts", "cites"})
# Keys whose other keys are made column by column: a slash only in the code, up to three figures.
INNER = rf"^.{{{CODE}}}.*/"
FIGURES = r"^([^0-9]*)" + 2 * rf"(?:([0-9]{{1,{WIDTH}}})([^0-9]+))?" + rf"([0-9]{{1,{WIDTH}}})?$"
REFUSED_SCHEMA = {"line": pl.UInt32, "column": pl.String, "why": pl.String}


class Checked(NamedTuple):
    """Rows as columns of an edition, sorted by key, and what was refused."""

    rows: pl.DataFrame
    refused: pl.DataFrame


class Refusals:
    """Gathers what is refused: lines, column, reason."""

    def __init__(self) -> None:
        self.frames: list[pl.DataFrame] = []

    def add(self, rows: pl.DataFrame, bad: pl.Series, column: str, why: str) -> None:
        """Refuse the rows of a mask for one reason."""
        if bad.any():
            lines = rows.filter(bad).select("line")
            reason = {"column": pl.lit(str(heading_of(column))), "why": pl.lit(why)}
            self.frames.append(lines.with_columns(**reason))

    def frame(self) -> pl.DataFrame:
        """Return everything refused, by line."""
        return pl.concat([pl.DataFrame(schema=REFUSED_SCHEMA), *self.frames]).sort("line")


def check(portion: Portion, *, strict: bool) -> Checked:
    """Check a portion; a line with any refusal is left out of the rows.

    ``strict`` holds for tables made by people: there a title is needed, and control
    characters are refused where a harvested record only loses them.
    """
    refusals = Refusals()
    rows = portion.rows
    if SURPLUS in rows.columns:
        refusals.add(rows, rows[SURPLUS].is_not_null(), "number", _("这一行的格数多于表头"))
        rows = rows.drop(SURPLUS)
    texts = [name for name in rows.columns if name != "line"]
    rows = rows.with_columns(pl.col(texts).fill_null(""))
    dirty = _true_of(rows, pl.col(texts).str.contains(f"{UNSEEN}|{CONTROL}").any())
    unseen = UNSEEN if strict else f"{UNSEEN}|{CONTROL}"
    rows = rows.with_columns(pl.col(dirty).str.replace_all(unseen, ""))
    rows = rows.with_columns(pl.col(texts).str.strip_chars())
    absent = [name for name in (*TEXTS, *DAYS) if name not in rows.columns]
    rows = rows.with_columns(pl.lit("").alias(name) for name in absent)
    _bounds(rows, texts, dirty, refusals)
    if strict:
        refusals.add(rows, rows["title"] == "", "title", _("不能为空"))
    longest = rows["drafters"].str.contains(DRAFTER)
    refusals.add(rows, longest, "drafters", _("有一个单位的名称超过 200 字"))
    rows = _numbers(rows, refusals)
    rows = _days(rows, set(absent), refusals)
    for early, late in FOLLOWING if strict else ():
        why = _("早于{early}").format(early=heading_of(early))
        refusals.add(rows, (rows[late] < rows[early]).fill_null(value=False), late, why)
    rows = _words(rows, refusals)
    rows = _codes(rows, refusals)
    rows = rows.with_columns(
        filled=pl.sum_horizontal((pl.col(name) != "").cast(pl.UInt8) for name in MERGED),
    )
    refused = refusals.frame()
    kept = rows.join(refused.select("line").unique(), on="line", how="anti")
    return Checked(kept.sort("key"), refused)


def _true_of(rows: pl.DataFrame, *asked: pl.Expr | Iterable[pl.Expr]) -> list[str]:
    """Return the names of the columns of which something holds."""
    found = rows.select(*asked)
    return [name for name in found.columns if found[name].item()]


def _bounds(rows: pl.DataFrame, texts: list[str], dirty: list[str], refusals: Refusals) -> None:
    """Refuse control characters and what is longer than the register keeps."""
    for name in dirty:
        mask = rows[name].str.contains(CONTROL)
        refusals.add(rows, mask, name, _("夹有不可见的控制字符"))
    most = {name: LONGEST.get(name, 40) for name in texts}
    # A character has a byte at least, and bytes need not be counted.
    for name in _true_of(rows, *((pl.col(n).str.len_bytes() > most[n]).any() for n in texts)):
        mask = rows[name].str.len_chars() > most[name]
        refusals.add(rows, mask, name, _("超过 {most} 字").format(most=most[name]))


def _numbers(rows: pl.DataFrame, refusals: Refusals) -> pl.DataFrame:
    """Read the numbers; the columns made from them come with them."""
    read = number_columns(rows["number"])
    bad = read["why"] != ""
    for why in read["why"].filter(bad).unique(maintain_order=True):
        refusals.add(rows, read["why"] == why, "number", why.rstrip("。"))
    return rows.with_columns(made_of(read.drop("why").rename({"level": "own"})).get_columns())


def made_of(read: pl.DataFrame) -> pl.DataFrame:
    """Add the keys of ``numbering`` that are made of others, the plain ones all at once."""
    inner = pl.col("key").str.contains(INNER)
    dated = pl.col("key").str.ends_with(pl.format("-{}", "year"))
    bracketed = pl.col("number").str.contains("(", literal=True)
    dated &= ~bracketed
    made = read.with_columns(
        bare_key=pl.when(inner)
        .then(None)
        .when(pl.col("year").is_null() & ~bracketed)
        .then("key")
        .when(dated)
        .then(pl.col("key").str.head(-5)),
    )
    made = made.with_columns(sorting=_sorting(made["key"], made["bare_key"]))
    odd = made.with_row_index("at").filter(
        pl.any_horizontal(pl.col("bare_key", "sorting").is_null())
    )
    if odd.is_empty():
        return made
    bares = [bare_key(*of) for of in odd.select("number", "key", "year").iter_rows()]
    return made.with_columns(
        bare_key=made["bare_key"].scatter(odd["at"], bares),
        sorting=made["sorting"].scatter(odd["at"], [sorting(key) for key in odd["key"]]),
    )


def _sorting(keys: pl.Series, bares: pl.Series) -> pl.Series:
    """Fill up the figures of keys to one width; of those that are not plain nothing is said."""
    head = bares.str.strip_chars_end("0123456789")
    serial = bares.str.strip_prefix(head)
    simple = serial.str.len_bytes().is_between(1, WIDTH) & ~head.str.contains("[0-9]")
    year = keys.str.strip_prefix(bares).str.replace("-", f"-{'0' * (WIDTH - 4)}", literal=True)
    made = (head + serial.str.zfill(WIDTH) + year).set(~simple, None)
    other = made.is_null()
    groups = keys.filter(other).str.extract_groups(FIGURES).struct.unnest()  # slower: it captures
    padded = [
        group.str.zfill(WIDTH) if at % 2 else group for at, group in enumerate(groups.get_columns())
    ]
    filled = groups.select(
        pl.when(groups[:, 0].is_not_null()).then(pl.concat_str(padded, ignore_nulls=True))
    )
    return made.scatter(other.arg_true(), filled.to_series())


def _days(rows: pl.DataFrame, absent: set[str], refusals: Refusals) -> pl.DataFrame:
    """Bring days into ISO; the day of issue may be a month or a year."""
    made: dict[str, pl.Series | pl.Expr] = {"issued_precision": pl.lit("day")}
    for name in DAYS:
        if name in absent:
            made[name] = pl.lit(None, pl.String)
            continue
        said = rows[name]
        plain = (said.str.len_bytes() == 10) & said.str.to_date(
            "%Y-%m-%d", strict=False
        ).is_not_null()
        if (plain | (said == "")).all():
            made[name] = pl.when(said != "").then(said).otherwise(None)
            continue
        known = {text: day_of(text, partly=name in PARTLY) for text in said.unique() if text}
        days = {text: found[0] for text, found in known.items() if found}
        made[name] = said.replace_strict(days, default=None, return_dtype=pl.String)
        wrong = [text for text, found in known.items() if not found]
        for text in wrong:
            why = _("“{text}”不是日期，应写作 2025-09-30").format(text=text[:40])
            refusals.add(rows, said == text, name, why)
        if name in PARTLY:
            exact = {text: found[1] for text, found in known.items() if found}
            made["issued_precision"] = said.replace_strict(
                exact, default="day", return_dtype=pl.String
            )
    return rows.with_columns(**made)


def day_of(text: str, *, partly: bool) -> tuple[str, str] | None:
    """Return a day in ISO and how exact it was said, or None where it is none.

    >>> day_of("2008年5月", partly=True)
    ('2008-05-01', 'month')
    """
    found = DIGITS.fullmatch(text) or DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (found[place] or "" for place in (1, 2, 3))
    if not day and not partly:
        return None
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat(), "day" if day else "month" if month else "year"


def _words(rows: pl.DataFrame, refusals: Refusals) -> pl.DataFrame:
    """Turn words for level, nature and status into ours; a level not said is the number's."""
    made: dict[str, pl.Series] = {}
    for name, known in WORDS.items():
        said = rows[name].str.to_lowercase()
        lower = {word.lower(): value for word, value in known.items()} | {"": ""}
        for text in said.unique().to_list():
            if text not in lower:
                why = _("“{text}”不在可填的值之中").format(text=text[:40])
                refusals.add(rows, said == text, name, why)
        made[name] = said.replace_strict(lower, default="", return_dtype=pl.String)
    rows = rows.with_columns(**made)
    marked = pl.col("number").str.extract(r"^[A-Z]{2,4}\d*(/[TZ])?", 1)
    domestic = pl.col("level").is_in(["national", "sector", "provincial", "municipal"])
    return rows.with_columns(
        level=pl.when(pl.col("level") != "").then("level").otherwise("own")
    ).with_columns(
        nature=pl.when((pl.col("nature") != "") | ~domestic)
        .then("nature")
        .when(marked == "/T")
        .then(pl.lit("recommended"))
        .when(marked == "/Z")
        .then(pl.lit("guidance"))
        .when(pl.col("number").str.starts_with("GB "))
        .then(pl.lit("mandatory"))
        .otherwise(pl.lit(""))
    )


def _codes(rows: pl.DataFrame, refusals: Refusals) -> pl.DataFrame:
    """Bring ICS, CCS and region into one form."""
    rows = rows.with_columns(
        ics=_listed(rows["ics"], ICS, str.strip),
        ccs=_listed(rows["ccs"], CCS, str.upper),
        region=pl.when(pl.col("region") != "")
        .then("region")
        .when(pl.col("level").is_in(["provincial", "municipal"]))
        .then(pl.col("number").str.extract(OWNED, 1).fill_null(""))
        .otherwise(pl.lit(""))
        .alias("region"),
    )
    for name, form, why in (
        ("ics", ICS, _("不是 ICS 分类号，应写作 03.120.10")),
        ("ccs", CCS, _("不是 CCS 分类号，应写作 A00")),
        ("region", REGION, _("不是行政区划代码，应写作 350100")),
    ):
        refusals.add(rows, (rows[name] != "") & ~rows[name].str.contains(form), name, why)
    padded = pl.col("region").str.pad_end(6, "0")
    return rows.with_columns(
        region=pl.when(pl.col("region") != "").then(padded).otherwise(pl.lit(""))
    )


def _listed(said: pl.Series, form: str, change: Callable[[str], str]) -> pl.Series:
    """Return codes parted by one blank; what is in form already stays as it is."""
    if ((said == "") | said.str.contains(form)).all():
        return said
    once: Iterable[str] = said.unique().to_list()
    made = {text: change(" ".join(re.split(BETWEEN, text.strip(" .。;；,，")))) for text in once}
    return said.replace_strict(made, return_dtype=pl.String)
