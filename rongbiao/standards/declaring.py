"""Declaring (声明): how an enterprise prepares statements, and how they become the register.

``prepare`` writes what is not public yet; ``publish`` and ``withdraw`` are called by the
procedure alone, inside its act.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import PAPERS, Unreadable, kind_of, read_apart
from rongbiao.texts.numbers import NotANumber, read_number

from .models import Declaration, Indicator, Statement

MOST_WORDS = 200_000  # characters of a text that are looked at
MOST_INDICATORS = 200
DECLARERS = frozenset({Post.Role.AGENT, Post.Role.LEADER})
CODE = re.compile(r"Q/([^\W\d]*)")  # of an enterprise, before its own serial


@dataclass
class Said:
    """What an enterprise says of one standard."""

    number: str
    title: str
    own: bool = True
    products: str = ""
    references: str = ""
    notice: str = ""
    text_public: bool = False
    replaces: Declaration | None = None
    indicators: list[dict[str, Any]] = field(default_factory=list)  # columns of ``Indicator``
    text: tuple[bytes, str] | None = None


def declares(actor: Post | None) -> bool:
    """Tell whether somebody acts for an enterprise; what others declare is another matter."""
    return (
        actor is not None
        and actor.role in DECLARERS
        and actor.organization.kind == Organization.Kind.ENTERPRISE
    )


def ask_enterprise(actor: Post | None, day: date) -> Organization:
    """Return the enterprise whose own standards somebody declares, or refuse."""
    unit = ask_declarer(actor, day)
    if not declares(actor):
        raise Refused(
            _("企业标准由企业声明，{unit}的类别是“{kind}”，不能填写。").format(
                unit=unit, kind=unit.get_kind_display()
            )
        )
    return unit


def ask_declarer(actor: Post | None, day: date) -> Organization:
    """Return the unit for which somebody declares, or refuse."""
    if actor is None or actor.role not in DECLARERS:
        raise Refused(_("企业标准由本企业的经办人或者负责人填写。"))
    if not actor.holds_on(day):
        raise Refused(_("{post}于{day}不在任，不能办理。").format(post=actor, day=day))
    return actor.organization


@transaction.atomic
def prepare(
    said: Said,
    *,
    actor: Post,
    day: date,
    row: Statement | None = None,
    may: Callable[[Post | None, date], Organization] = ask_enterprise,
) -> Statement:
    """Write a statement that is not declared yet, new or over an earlier draft (``row``).

    A number that the enterprise has declared already becomes its next version. ``may`` asks
    who may, where a procedure lets associations state their standards.
    """
    unit = may(actor, day)
    if row is not None:
        row = Statement.objects.select_for_update().get(pk=row.pk)
    if row is not None and (row.organization_id != unit.pk or row.since):
        raise Refused(_("已公开的内容不能直接修改，请填写新的版本再声明。"))
    if len(said.indicators) > MOST_INDICATORS:
        words = _("一项标准最多填写 {most} 项指标，现有 {n} 项。")
        raise Refused(words.format(most=MOST_INDICATORS, n=len(said.indicators)))
    drafts = Statement.objects.preparing(unit)
    same = drafts.filter(number=said.number).exclude(pk=row.pk if row else None).first()
    if same and row:
        raise Refused(_("“{number}”已在准备中，请修改那一项。").format(number=said.number))
    row = row or same or Statement(organization=unit, demonstration=actor.demonstration)
    declared = Declaration.objects.filter(organization=unit, number=said.number).first()
    if declared and declared.withdrawn_on:
        words = _("“{number}”已于{day}废止，不能再用这一编号声明。")
        raise Refused(words.format(number=said.number, day=declared.withdrawn_on))
    row.declaration = declared
    row.replaces = said.replaces
    for name in ("number", "title", "own", "products", "references", "notice", "text_public"):
        setattr(row, name, getattr(said, name))
    if row.pk is None and declared:  # a new version keeps the text until another is given
        last = declared.statements.exclude(since=None).order_by("ordinal").last()
        row.text, row.words = (last.text, last.words) if last else (None, "")
    if said.text:
        row.text, row.words = _read(said.text, demonstration=actor.demonstration)
    row.findings, row.checked_on = [], None
    refuse_taken([row])
    row.save()
    write_indicators(row, said.indicators)
    return row


def refuse_taken(rows: list[Statement]) -> None:
    """Refuse standards of one's own under the number of another enterprise's public one.

    What is public already keeps its number: only new items are asked about.
    """
    new = {_key(row.number): row for row in rows if row.own and row.declaration_id is None}
    codes = {key: found[1] for key in new if (found := CODE.match(key))}
    if not codes:
        return
    near = Q()
    for code in set(codes.values()):
        near |= Q(number__icontains=code)
    one = rows[0]  # of one enterprise, as all of them
    others = Declaration.objects.filter(near, own=True, withdrawn_on=None)
    others = others.filter(demonstration__in={False, one.demonstration})
    for item in others.exclude(organization=one.organization_id).select_related("organization"):
        if _key(item.number) in codes:
            words = _("“{number}”已由{unit}声明公开，请核对本企业的代号和编号。")
            raise Refused(words.format(number=item.number, unit=item.organization))


def _key(number: str) -> str:
    """Return what a number is compared by, however it was typed."""
    try:
        return read_number(number).key
    except NotANumber:
        return "".join(number.split()).upper()


def write_indicators(row: Statement, indicators: Iterable[dict[str, Any]]) -> None:
    """Write the indicators of a draft anew, in their order."""
    row.indicators.all().delete()
    Indicator.objects.bulk_create(
        Indicator(statement=row, place=place, demonstration=row.demonstration, **one)
        for place, one in enumerate(indicators, start=1)
    )


def _read(text: tuple[bytes, str], *, demonstration: bool) -> tuple[File, str]:
    """Keep a text and return it with what it says; refused where it cannot be read."""
    content, name = text
    try:
        words = read_apart(content, name, PAPERS).text[:MOST_WORDS]
        media = kind_of(content, name).media
    except Unreadable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, name, media, demonstration=demonstration), words


@transaction.atomic
def discard(row: Statement, *, actor: Post, day: date) -> None:
    """Drop a draft; what was declared stays for good."""
    unit = ask_enterprise(actor, day)
    row = Statement.objects.select_for_update().get(pk=row.pk)
    if row.organization_id != unit.pk or row.since:
        raise Refused(_("已公开的内容不能删除；不再执行的，请废止。"))
    row.delete()


def publish(pk: int, found: list[dict[str, Any]], *, basis: str, day: date) -> Declaration:
    """Make a draft public: a new item, or the next version of one; end what it replaces."""
    row = Statement.objects.select_for_update().get(pk=pk, since=None)
    item = row.declaration
    if item is None:
        item = Declaration(
            organization_id=row.organization_id, number=row.number, declared_on=day,
            demonstration=row.demonstration, basis=basis, basis_on=day,
        )  # fmt: skip
    else:
        item.changed_on = day
        item.statements.filter(until=None, since__isnull=False).update(until=day)
    item.title, item.own = row.title, row.own
    item.save()
    row.declaration, row.since, row.basis = item, day, basis
    row.ordinal = item.statements.exclude(since=None).count() + 1
    row.findings, row.checked_on = found, day
    row.save()
    if row.replaces_id and row.replaces_id != item.pk:
        withdraw(
            row.replaces_id, _("由 {number} 代替").format(number=item.number), day=day, by=item
        )
    return item


def withdraw(pk: int, reason: str, *, day: date, by: Declaration | None = None) -> Declaration:
    """End a declared item on a day; ``by`` is what replaces it."""
    item = Declaration.objects.select_for_update().get(pk=pk)
    if item.withdrawn_on:
        words = _("“{item}”已于{day}废止。")
        raise Refused(words.format(item=item, day=item.withdrawn_on))
    item.withdrawn_on, item.reason, item.replaced_by = day, reason[:300], by
    item.save(update_fields=["withdrawn_on", "reason", "replaced_by"])
    item.statements.filter(until=None, since__isnull=False).update(until=day)
    return item
