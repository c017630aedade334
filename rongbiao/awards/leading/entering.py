"""Who is ranked (参评): the accepted declarations as they are declared on the day of ranking."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from rongbiao.awards.models import LeaderApplication, LeaderPlan, StandingLoss
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Declaration, Statement
from rongbiao.texts.ranking import Declared, Entrant, Plan, matching, written

GRADES = ("must", "note")  # standards.checks.Grade; what bars is never declared


class Ineligible(Exception):
    """A declaration may not be ranked; the message says why, without its stop."""


def now(day: date) -> QuerySet[Statement]:
    """Return what is declared on a day, without its long texts."""
    rows = Statement.objects.on(day).exclude(declaration=None).defer("words")
    return rows.select_related("organization", "declaration", "text").prefetch_related("indicators")


def open_losses() -> QuerySet[StandingLoss]:
    """Return the losses of standing that are not settled."""
    return StandingLoss.objects.filter(settled_on=None)


def eligible_on(day: date) -> QuerySet[Declaration]:
    """Return the declarations that may be ranked on a day.

    Public, with a declared content that holds then, and no open loss of standing.
    """
    said = Statement.objects.on(day).filter(declaration=OuterRef("pk"))
    lost = open_losses().filter(declaration=OuterRef("pk"))
    return Declaration.objects.in_force(day).filter(Exists(said), ~Exists(lost))


def eligible(unit: Organization, day: date) -> QuerySet[Declaration]:
    """Return the declarations of an enterprise that may be ranked on a day."""
    return eligible_on(day).filter(organization=unit).order_by("number")


def entrant_of(plan: Plan, row: Statement) -> Entrant:
    """Return what a declared version gives to a plan."""
    said = [
        Declared(one.name, one.limit, one.unit, one.method)
        for one in sorted(row.indicators.all(), key=lambda one: one.place)
    ]
    grades = Counter(str(one.get("grade")) for one in row.findings)
    must, note = (grades[grade] for grade in GRADES)
    unit = row.organization
    return Entrant(
        unit.credit_code or unit.name, unit.name, row.number, row.title, row.ordinal, row.digest(),
        matching(plan, said), must, note,
    )  # fmt: skip


def entrants(row: LeaderPlan, day: date) -> tuple[list[tuple[Entrant, Statement]], list[str]]:
    """Return who is ranked on a day, and who is not with the reason, as words."""
    asked = LeaderApplication.objects.filter(plan=row).select_related("organization", "declaration")
    applications = list(asked)
    ids = [one.declaration_id for one in applications]
    said = {one.declaration_id: one for one in now(day).filter(declaration__in=ids)}
    lost = {one.declaration_id: one.why for one in open_losses().filter(declaration__in=ids)}
    found, out = [], []
    for one in applications:
        try:
            found.append(
                (entrant_of(row.plan, _fit(one, said, lost, day)), said[one.declaration_id])
            )
        except Ineligible as why:
            out.append(f"{one.organization} {one.declaration.number}：{why}")
    return found, out


def _fit(
    one: LeaderApplication, said: dict[int | None, Statement], lost: dict[int, str], day: date
) -> Statement:
    item = one.declaration
    if item.withdrawn_on and item.withdrawn_on <= day:
        raise Ineligible(f"声明已于{item.withdrawn_on}停止")
    if item.pk in lost:
        raise Ineligible(lost[item.pk])
    if item.pk not in said:
        raise Ineligible("没有登记声明内容")
    return said[item.pk]


def record_of(row: LeaderPlan, day: date) -> tuple[dict[str, Any], list[str]]:
    """Return the ranking of a plan's applicants on a day, and who could not be ranked."""
    found, out = entrants(row, day)
    return written(row.plan, [one for one, _said in found], day.isoformat()), out


def mark_of(one: dict[str, Any]) -> str:
    """Return what tells a standing of a record from others: whose, and which standard."""
    return f"{one['key']} {one['number']}"


def shortlisted(record: dict[str, Any], left_out: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the standings within the places, without those who are left out (their marks)."""
    gone = set(left_out)
    return [one for one in record["standings"] if one["listed"] and mark_of(one) not in gone]
