"""Older editions, citations and explained gaps of the story, entered as officers enter them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rongbiao.parties.models import Post
from rongbiao.standards import edits, ledger
from rongbiao.standards.models import Relation, Standard
from rongbiao.standards.numbering import keyed

Kind = Relation.Kind


def play(row: dict[str, Any], day: date, office: Post) -> None:
    """Enter an older edition, and what the new one replaces and cites."""
    new = Standard.objects.get(key=keyed(row["new"]))
    basis = edits.Basis(
        f"榕标联办登〔{day.year}〕补{day:%m%d}号（演示）", day, "补记旧版和引用关系"
    )
    by: dict[str, Any] = {"actor": office, "day": day}
    if "old" in row:
        edits.enter(row["old"], edits.Wanted(dict(_older(row, new))), basis, **by)
    relations = [(Kind.CITES, number) for number in row["cites"]]
    relations += [(Kind.REPLACES, row["old"])] if "old" in row else []
    wanted = edits.Wanted({}, relations=relations)
    edits.edit(new, wanted, basis, version=edits.version_of(new), **by)


def _older(row: dict[str, Any], new: Standard) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an older edition: those of the new one, with its own days."""
    yield from ((name, getattr(new, name)) for name in ("title", "title_en", "level", "nature"))
    yield from ((name, getattr(new, name)) for name in ("ics", "ccs", "owner", "publisher"))
    yield "issued_on", row["issued_on"]
    yield "implemented_on", row["implemented_on"]
    yield "withdrawn_on", new.implemented_on
    yield "status", Standard.Status.SUPERSEDED


def explain(row: dict[str, Any], day: date, office: Post) -> None:
    """Explain some serials that no standard has."""
    said = {name: row[name] for name in ("first", "last", "reason", "words")}
    basis = f"榕标联办登〔{day.year}〕号{day:%m%d}-{row['first']}（演示）"
    ledger.explain(**said, basis=basis, basis_on=day, actor=office, day=day)
