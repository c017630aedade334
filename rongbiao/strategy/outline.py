"""The outline (纲目): clauses, tasks, responsible units and targets of a plan, from its reading."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

from rongbiao.parties.fitting import fitted
from rongbiao.parties.models import Group, Organization

from .models import Charge, Clause, Plan, Target, Task

Named = TypeVar("Named", Organization, Group)
ORDERING = {Clause.Kind.TASK, Clause.Kind.SAFEGUARD}  # kinds of clause that order something
PARTS = {True: Charge.Part.LEAD, False: Charge.Part.SUPPORT, None: Charge.Part.UNSAID}


def plain(name: str) -> str:
    """Return a name without differences of width and space.

    >>> plain("各县（市）区 人民政府") == plain("各县(市)区人民政府")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split())


class Names:
    """Which unit or group a name in a paper means; a name that two bear means neither."""

    def __init__(self, *, demonstration: bool) -> None:
        units = Organization.objects.all()
        if not demonstration:
            units = units.filter(demonstration=False)
        rows = list(units)
        self.groups = _borne([(one, (one.name, *one.aliases)) for one in Group.objects.all()])
        shorts = _borne([(one, (one.short_name,)) for one in rows if one.short_name])
        self.units = shorts | _borne([(one, (one.name, *one.aliases)) for one in rows])

    def charge(self, unit: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a charge for one name of a list."""
        name = plain(unit["name"])
        group = self.groups.get(name)
        organization = None if group else self.units.get(name)
        part = PARTS[unit["lead"]]
        return {"name": unit["name"], "part": part, "group": group, "organization": organization}


def _borne(rows: Iterable[tuple[Named, Iterable[str]]]) -> dict[str, Named]:
    pairs = [(name, one) for one, names in rows for name in {plain(name) for name in names}]
    bearers = Counter(name for name, _one in pairs)
    return {name: one for name, one in pairs if bearers[name] == 1}


def enter_clauses(plan: Plan, said: dict[str, Any], extras: dict[str, Any]) -> None:
    """Enter the clauses, and of those that order something, tasks and their charges.

    Tasks are numbered through the paper: "1", "2" …, safeguards "s1", "s2" …
    """
    clauses = Clause.objects.bulk_create(
        fitted(
            Clause(
                plan=plan,
                place=place,
                path=clause["path"],
                number=clause["number"] or "",
                kind=clause["kind"],
                title=clause["title"] or "",
                text=clause["text"] or "",
                start=clause["start"],
                end=clause["end"],
            ),
            f"{clause['number'] or ''}{clause['title'] or ''}",
        )
        for place, clause in enumerate(said["clauses"])
    )
    pairs = list(zip(clauses, said["clauses"], strict=True))
    tasks = Task.objects.bulk_create(_tasks(plan, pairs, extras.get("tasks", {})))
    units = {row.pk: clause["units"] for row, clause in pairs}
    known = Names(demonstration=plan.demonstration)
    Charge.objects.bulk_create(
        fitted(
            Charge(task=task, place=place, **known.charge(unit), demonstration=plan.demonstration),
            str(task),
        )
        for task in tasks
        for place, unit in enumerate(units[task.clause_id])
    )


def _tasks(
    plan: Plan, pairs: list[tuple[Clause, dict[str, Any]]], english: dict[str, str]
) -> list[Task]:
    tasks: list[Task] = []
    above: list[Clause] = []  # the sections in which a clause stands
    count: Counter[bool] = Counter()
    for row, clause in pairs:
        if row.kind == Clause.Kind.SECTION:
            above = [*(one for one in above if len(one.path) < len(row.path)), row]
        if row.kind not in ORDERING or not clause["units"]:
            continue
        safeguard = row.kind == Clause.Kind.SAFEGUARD
        count[safeguard] += 1
        key = f"{'s' if safeguard else ''}{count[safeguard]}"
        task = Task(
            plan=plan,
            clause=row,
            number=row.number.strip("（）().、．") or str(count[safeguard]),
            key=key,
            title=row.title,
            title_en=english.get(key, ""),
            block=str(above[-1]) if above else "",
            due=clause.get("due") or "",
            safeguard=safeguard,
            place=len(tasks),
        )
        tasks.append(fitted(task, f"{row.number}{row.text[:20]}"))
    return tasks


def enter_targets(plan: Plan, said: dict[str, Any], extras: dict[str, Any]) -> None:
    """Enter the targets in the order of the paper, each with what the office adds to it.

    A baseline that stands in the paper is the paper's own and goes before the office's.
    """
    clauses = {tuple(row.path): row for row in plan.clauses.all()}
    added = extras.get("targets", [])
    for place, target in enumerate(said["targets"]):
        more = {"key": f"target-{place + 1}"} | (added[place] if place < len(added) else {})
        if target.get("baseline") is not None:
            more |= {"baseline": target["baseline"], "baseline_source": plan.number}
        row = Target(
            plan=plan,
            clause=clauses.get(tuple(target["clause"])),
            name=target["name"],
            value=target["value"],
            unit=target["unit"],
            direction=target["direction"],
            basis=target["basis"],
            by=target["by"] or plan.until.year,
            start=target["start"],
            end=target["end"],
            place=place,
            **more,
        )
        fitted(row, target["name"]).save()
