"""Whose standing is in doubt (动态调整): declarations that end or fail, and better ones that appear."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rongbiao.awards.models import Leader, LeaderList, StandingLoss
from rongbiao.standards.models import Declaration, Indicator, Statement
from rongbiao.texts.ranking import Plan, score
from rongbiao.texts.ranking.plans import key_of

from .entering import entrant_of, now, open_losses


@dataclass(frozen=True)
class Better:
    """A declaration that would stand above the last of a list."""

    list: LeaderList
    statement: Statement
    total: str
    last: str  # the lowest total on the list


def lose(declaration: Declaration, why: str, *, basis: str, day: date) -> StandingLoss:
    """Note that a declaration lost its standing; one that is open already is kept."""
    open_one = open_losses().filter(declaration=declaration, why=why[:300]).first()
    return open_one or StandingLoss.objects.create(
        declaration=declaration, why=why[:300], day=day, basis=basis, basis_on=day,
        demonstration=declaration.demonstration,
    )  # fmt: skip


def settle(declarations: Iterable[int], day: date, cause: str = "") -> int:
    """Close the open losses of some declarations, of all causes or of one: put right, or decided."""
    rows = open_losses().filter(declaration__in=list(declarations), why__startswith=cause)
    return rows.update(settled_on=day)


def fallen(day: date) -> list[Leader]:
    """Return leaders in force whose declaration has ended, and of which nobody was told yet."""
    rows = Leader.objects.in_force(day).filter(declaration__withdrawn_on__lte=day)
    rows = rows.exclude(declaration__in=open_losses().values("declaration"))
    return list(rows.select_related("declaration", "organization", "list__plan"))


def doubts(declarations: Iterable[int], day: date) -> list[tuple[Leader, str]]:
    """Return which leaders stand with some declarations that ended or now give less, and why."""
    rows = Leader.objects.in_force(day).filter(declaration__in=list(declarations))
    rows = rows.select_related("declaration__replaced_by", "organization", "list__plan")
    held = list(rows)
    said = {
        one.declaration_id: one
        for one in now(day).filter(declaration__in=[row.declaration_id for row in held])
    }
    found = ((row, _doubt(row, said.get(row.declaration_id), day)) for row in held)
    return [(row, why) for row, why in found if why]


def _doubt(row: Leader, said: Statement | None, day: date) -> str:
    """Return why a leader's standing is in doubt, as it is kept, or nothing."""
    item, plan = row.declaration, row.list.plan.plan
    if item.withdrawn_on and item.replaced_by:
        return f"声明已于{item.withdrawn_on}由 {item.replaced_by.number} 代替"
    if said is None:
        return f"声明已于{item.withdrawn_on or day}停止"
    if said.pk == row.statement_id:
        return ""
    found = score(plan, entrant_of(plan, said))
    if found.out:
        return f"声明内容已变更，{'、'.join(found.out)}"
    if found.total < row.total:
        return f"声明内容已变更，按方案得 {found.total} 分，评估时为 {row.total} 分"
    return ""


def better(day: date) -> Iterator[Better]:
    """Yield the declared versions that would stand above the last of a list that holds.

    Only what was declared after the list was ranked, of what is not on it, and what declares
    every indicator that must be met. Nothing is decided here.
    """
    for one in LeaderList.objects.holding(day).select_related("plan"):
        plan, held = one.plan.plan, list(Leader.objects.in_force(day).filter(list=one))
        if not held:
            continue
        last = min(row.total for row in held)
        for row in _candidates(plan, one, [row.declaration_id for row in held], day):
            found = score(plan, entrant_of(plan, row))
            if not found.out and found.total > last and found.total >= plan.least_total:
                yield Better(one, row, f"{found.total:.2f}", f"{last:.2f}")


def _candidates(plan: Plan, of: LeaderList, held: list[int], day: date) -> Iterator[Statement]:
    """Yield the versions declared since a ranking that have all indicators that must be met."""
    needed = {item.key for item in plan.items if item.least} or {item.key for item in plan.items}
    since = of.record["made_on"]
    rows = now(day).filter(since__gt=since).exclude(declaration__in=held)
    rows = rows.filter(demonstration=of.demonstration)
    names = [name for name in _names(since) if key_of(name) in needed]
    for row in rows.filter(indicators__name__in=names).distinct().order_by("pk"):
        if needed <= {key_of(one.name) for one in row.indicators.all()}:
            yield row


def _names(since: str) -> list[str]:
    """Return the names of indicators that were declared since a day, each once."""
    rows = Indicator.objects.filter(statement__since__gt=since).order_by()
    return list(rows.values_list("name", flat=True).distinct())
