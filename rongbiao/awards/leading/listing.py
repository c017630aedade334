"""What closing cases write (登记): the frozen plan, the list with its leaders, a removal."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.awards.models import Leader, LeaderList, LeaderPlan
from rongbiao.law.periods import months_after
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Statement
from rongbiao.texts.ranking import read_plan

from .entering import eligible_on, mark_of, shortlisted


def freeze(said: dict[str, Any], *, basis: str, day: date, demonstration: bool) -> LeaderPlan:
    """Freeze a plan under its number; refused when applications would have begun already."""
    plan = read_plan(said)
    if plan.opens_on <= day:
        raise Refused(
            _(
                "申请开始日期{opens}不晚于冻结日期{day}：评估方案应当在开始申请之前冻结，请退回修改申请期。"
            ).format(opens=plan.opens_on, day=day)
        )
    return LeaderPlan.objects.create(
        number=plan.number, title=plan.title, field=plan.field, content=plan.said(),
        sha256=plan.digest(), frozen_on=day, opens_on=plan.opens_on, closes_on=plan.closes_on,
        basis=basis, basis_on=day, demonstration=demonstration,
    )  # fmt: skip


def end(row: LeaderPlan, reason: str, *, day: date) -> None:
    """End an evaluation before its list; the plan stays as it was frozen."""
    row.ended_on, row.reason = day, reason[:300]
    row.save(update_fields=["ended_on", "reason"])


def _ranked(wanted: list[dict[str, Any]]) -> dict[tuple[str, int], Statement]:
    """Return the versions that were ranked, by their marks and ordinals."""
    rows = Statement.objects.filter(
        declaration__number__in=[one["number"] for one in wanted], since__isnull=False
    )
    return {
        (f"{one.organization.credit_code or one.organization.name} {one.number}", one.ordinal): one
        for one in rows.select_related("organization", "declaration").defer("words")
    }


def ended_since(record: dict[str, Any], left_out: list[str], day: date) -> list[str]:
    """Return the numbers of a shortlist that may no longer enter on a day."""
    wanted = shortlisted(record, left_out)
    known = _ranked(wanted)
    ids = {known[mark_of(one), one["version"]].declaration_id: one["number"] for one in wanted}
    good = set(eligible_on(day).filter(pk__in=list(ids)).values_list("pk", flat=True))
    return [number for pk, number in ids.items() if pk not in good]


def publish(
    row: LeaderPlan,
    number: str,
    record: dict[str, Any],
    left_out: list[str],
    *,
    paper: str,
    day: date,
) -> LeaderList:
    """Enter a list and its leaders; the plan's earlier list is replaced from this day."""
    wanted = shortlisted(record, left_out)
    known = _ranked(wanted)
    row.lists.filter(replaced_on=None, until__gte=day).update(replaced_on=day)
    made = LeaderList.objects.create(
        plan=row, number=number, paper=paper, record=record, left_out=left_out, since=day,
        until=months_after(day, row.plan.months) - timedelta(days=1), basis=number, basis_on=day,
        demonstration=row.demonstration,
    )  # fmt: skip
    for one in wanted:
        said = known[mark_of(one), one["version"]]
        assert said.declaration is not None  # a public version has its item
        Leader.objects.create(
            list=made, organization=said.organization, declaration=said.declaration,
            statement=said, rank=one["rank"], total=one["total"], basis=number, basis_on=day,
            demonstration=row.demonstration,
        )  # fmt: skip
    return made


def remove(row: Leader, reason: str, *, basis: str, day: date) -> None:
    """Take a leader off its list from a day on."""
    row = Leader.objects.select_for_update().get(pk=row.pk)
    if row.removed_on:
        words = _("“{leader}”已于{day}移出名单。")
        raise Refused(words.format(leader=row, day=row.removed_on))
    row.removed_on, row.reason, row.removal = day, reason[:300], basis
    row.save(update_fields=["removed_on", "reason", "removal"])
