"""Titles of codes: ISO's tables of its committees and of its classes, read and entered."""

import re
from collections.abc import Iterable
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from rongbiao.standards.code_title import COMMITTEE, CodeTitle

from .checking import CONTROL, REFUSED_SCHEMA, UNSEEN
from .fresh import Mark
from .outcome import Outcome
from .portion import Incoming, Titles

Scheme = CodeTitle.Scheme
FIELDS = {field.name: field for field in CodeTitle._meta.concrete_fields}
CLASS = re.compile(r"\d{2}(?:\.\d{3}(?:\.\d{2})?)?")
CONTROLS = re.compile(f"{UNSEEN}|{CONTROL}")
SAID = ("title_en", "title_fr")
SCHEMA: dict[str, type[pl.DataType]] = {"line": pl.UInt32} | dict.fromkeys(
    ("scheme", "code", *SAID), pl.String
)


def scheme_of(fields: set[str]) -> Scheme | None:
    """Tell of what a table with these fields holds the titles, if of anything."""
    said = {name.partition(".")[0] for name in fields}  # secretariat.acronym where it is flat
    if "reference" in said and {"sponsor", "secretariat"} & said:
        return Scheme.COMMITTEE
    if {"identifier", "parent"} <= fields and {"titleEn", "title.en", "title"} & fields:
        return Scheme.ICS
    return None


def read_titles(scheme: Scheme, records: Iterable[tuple[int, dict[str, Any]]]) -> Incoming:
    """Recognize a table of titles; a line without a code or a title is refused."""
    rows, refused = [], []
    for line, record in records:
        code = " ".join(str(record.get("reference") or record.get("identifier") or "").split())
        row = {"code": code, "title_en": _title(record, "en"), "title_fr": _title(record, "fr")}
        if bad := _wrong(scheme, row):
            refused.append((line, *bad))
        else:
            rows.append((line, scheme.value, *row.values()))
    said = pl.DataFrame(rows, SCHEMA, orient="row")
    titles = Titles(
        said.unique("code", keep="last", maintain_order=True),
        pl.DataFrame(refused, REFUSED_SCHEMA, orient="row"),
        len(rows) + len(refused),
    )
    return Incoming("iso-open-data", "iso-open-data", iter(()), titles=titles)


def _title(record: dict[str, Any], language: str) -> str:
    nested = record.get("title")
    found = nested.get(language) if isinstance(nested, dict) else record.get(f"title.{language}")
    found = found or record.get(f"title{language.title()}")
    return " ".join(CONTROLS.sub("", str(found or "")).split())


def _wrong(scheme: Scheme, row: dict[str, str]) -> tuple[str, str] | None:
    """Return the column and the reason of what is wrong with a line."""
    shape = COMMITTEE if scheme == Scheme.COMMITTEE else CLASS
    if not shape.fullmatch(row["code"]):
        form = "ISO/TC 176/SC 2" if scheme == Scheme.COMMITTEE else "03.120.10"
        said = _("“{code}”不是代码，应写作 {form}").format(code=row["code"][:40], form=form)
        return _named("code"), said
    if not row["title_en"]:
        return _named("title_en"), _("不能为空")
    for name, value in row.items():
        most = FIELDS[name].max_length
        if most and len(value) > most:
            return _named(name), _("超过 {most} 字").format(most=most)
    return None


def _named(name: str) -> str:
    return str(FIELDS[name].verbose_name)


def enter_titles(rows: pl.DataFrame, mark: Mark, *, write: bool) -> Outcome:
    """Compare titles with those that are kept and, if asked to, write what is new or another."""
    kept = CodeTitle.objects.filter(scheme__in=rows["scheme"].unique().to_list())
    held = {(one.scheme, one.code): one for one in kept}
    new, changed = [], []
    for row in rows.drop("line").iter_rows(named=True):
        one = held.get((row["scheme"], row["code"]))
        if one is None:
            new.append(_marked(CodeTitle(**row), mark))
        elif any(row[name] and row[name] != getattr(one, name) for name in SAID):
            for name in SAID:
                setattr(one, name, row[name] or getattr(one, name))
            changed.append(_marked(one, mark))
    if write:
        CodeTitle.objects.bulk_create(new, batch_size=500)
        CodeTitle.objects.bulk_update(changed, (*SAID, *vars(mark)), batch_size=200)
    same = rows.height - len(new) - len(changed)
    return Outcome(new=len(new), changed=len(changed), same=same)


def _marked(one: CodeTitle, mark: Mark) -> CodeTitle:
    for name, value in vars(mark).items():
        setattr(one, name, value)
    return one
