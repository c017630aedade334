"""Taking in a policy (政策录入): read, settle the doubts, enter the plan with the paper as its basis."""

import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Group, Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import Unreadable, read_document
from rongbiao.texts.policies import read_policy

from . import assignments, quarters
from .models import Charge, Clause, Plan, Reading, Target, Task

# What a person may put right: the last step of a path into the reading.
AMENDABLE = {
    "basis",
    "by",
    "direction",
    "effective",
    "interpreted_by",
    "issuer",
    "kind",
    "lead",
    "name",
    "number",
    "published_on",
    "signed_on",
    "title",
    "unit",
    "value",
}
HALF = str.maketrans("（）、，：；", "(),,:;")


@transaction.atomic
def take_in(content: bytes, name: str, *, actor: Post | None, day: date) -> Reading:
    """Read a policy paper and keep it; ``actor`` is None only when the platform is founded."""
    _ask(actor)
    try:
        document = read_document(content, name)
    except Unreadable as why:
        raise Refused(str(why)) from why
    outcome = read_policy(document.text).to_json()
    mark = bool(actor and actor.demonstration)
    file = File.objects.keep(content, name, document.media, demonstration=mark)
    reading = Reading.objects.create(
        file=file,
        text=document.text,
        outcome=outcome,
        read_on=day,
        read_by=actor,
        demonstration=mark,
    )
    journal.write(actor, "take-in", reading, day=day, sha256=file.sha256, name=name)
    return reading


@transaction.atomic
def confirm(
    reading: Reading, doubt: int, words: str, *, actor: Post | None, day: date, version: int
) -> Reading:
    """Note what a person made of one doubt."""
    row = _take(reading, actor, version)
    if not 0 <= doubt < len(row.outcome["doubts"]):
        raise Refused(_("没有第{n}处存疑。").format(n=doubt + 1))
    if not words.strip():
        raise Refused(_("请写明对这处存疑的确认意见。"))
    if any(said["doubt"] == doubt for said in row.confirmed):
        raise Refused(_("第{n}处存疑已经确认，不能重复确认。").format(n=doubt + 1))
    by = str(actor) if actor else ""
    row.confirmed = [
        *row.confirmed,
        {"doubt": doubt, "words": words.strip(), "by": by, "on": str(day)},
    ]
    return _put(row, actor, "confirm", day, doubt=doubt, said=words)


@transaction.atomic
def amend(
    reading: Reading,
    path: list[str | int],
    value: Any,
    reason: str,
    *,
    actor: Post,
    day: date,
    version: int,
) -> Reading:
    """Put one value of a reading right; was, now and why go into the journal."""
    row = _take(reading, actor, version)
    if not reason.strip():
        raise Refused(_("更正应写明理由。"))
    if not path or path[-1] not in AMENDABLE:
        raise Refused(_("这一处不能更正。"))
    outcome = copy.deepcopy(row.outcome)
    here: Any = outcome
    try:
        for step in path[:-1]:
            here = here[step]
        was = here[path[-1]]
    except (KeyError, IndexError, TypeError) as nowhere:
        raise Refused(_("解读结果里没有这一处，请刷新后再办。")) from nowhere
    here[path[-1]] = _like(was, value)
    row.outcome = outcome
    where = ".".join(str(step) for step in path)
    return _put(
        row, actor, "amend", day, where=where, was=was, now=here[path[-1]], reason=reason
    )


def _like(was: Any, value: Any) -> Any:
    """Return a typed-in value in the kind of the one it replaces, or refuse."""
    if isinstance(value, str) and isinstance(was, int | float) and not isinstance(was, bool):
        try:
            number = float(value)
        except ValueError as bad:
            raise Refused(_("“{value}”不是数字。").format(value=value)) from bad
        return int(number) if number.is_integer() else number
    return value.strip() if isinstance(value, str) else value


@transaction.atomic
def enter(
    reading: Reading,
    *,
    key: str,
    since: date,
    until: date,
    horizon: int | None = None,
    actor: Post | None,
    day: date,
    extras: dict[str, Any] | None = None,
) -> Plan:
    """Make a plan of a reading whose doubts are all settled.

    ``extras`` holds what the office adds and the paper does not say: keys, measures,
    short and English names, baselines (see ``cities/<city>/plan.toml``).
    """
    row = _take(reading, actor, None)
    said = row.outcome
    left = len(said["doubts"]) - len(row.confirmed)
    if left:
        raise Refused(_("还有{left}处存疑没有确认，确认后才能录入。").format(left=left))
    if until <= since:
        raise Refused(_("实施期止{until}不晚于实施期起{since}。").format(until=until, since=since))
    missing = [name for name in ("title", "number", "issuer", "signed_on") if not said.get(name)]
    if missing:
        words = {"title": "标题", "number": "文号", "issuer": "发文机关", "signed_on": "成文日期"}
        raise Refused(
            _("没有读出{what}，请先更正再录入。").format(what="、".join(words[m] for m in missing))
        )
    extras = extras or {}
    plan = _new_plan(row, key, since, until, horizon, extras)
    _enter_clauses(plan, said, extras)
    _enter_targets(plan, said, extras)
    quarters.lay(plan)
    settled = assignments.settle(plan, day=day)
    journal.write(actor, "enter", plan, day=day, number=plan.number, assignments=settled.added)
    return plan


def unresolved(plan: Plan) -> list[Charge]:
    """Return the names in lists of responsible units that no unit or group is known by."""
    rows = Charge.objects.filter(task__plan=plan, organization=None, group=None)
    return list(rows.select_related("task"))


def _new_plan(
    row: Reading,
    key: str,
    since: date,
    until: date,
    horizon: int | None,
    extras: dict[str, Any],
) -> Plan:
    said = row.outcome
    try:
        with transaction.atomic():
            return Plan.objects.create(
                key=key,
                title=said["title"],
                title_en=extras.get("title_en", ""),
                number=said["number"],
                issuer=said["issuer"],
                signed_on=date.fromisoformat(said["signed_on"]),
                published_on=said["published_on"] and date.fromisoformat(said["published_on"]),
                repeals=said["repeals"],
                effective=said["effective"] or "",
                interpreted_by=said["interpreted_by"] or "",
                addressees=said["addressees"],
                since=since,
                until=until,
                horizon=horizon or extras.get("horizon"),
                reading=row,
                demonstration=row.demonstration,
            )
    except IntegrityError as taken:
        raise Refused(
            _("代号“{key}”或文号“{number}”已有规划代次使用，不能重复录入。").format(
                key=key, number=said["number"]
            )
        ) from taken


def _enter_clauses(plan: Plan, said: dict[str, Any], extras: dict[str, Any]) -> None:
    clauses = Clause.objects.bulk_create(
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
        )
        for place, clause in enumerate(said["clauses"])
    )
    known = Names()
    english = extras.get("tasks", {})
    tasks, charges, blocks, count = [], [], [], {"task": 0, "safeguard": 0}
    for row, clause in zip(clauses, said["clauses"], strict=True):
        if row.kind == Clause.Kind.SECTION:
            blocks = [*(b for b in blocks if len(b.path) < len(row.path)), row]
        if not clause["units"] or row.kind not in {Clause.Kind.TASK, Clause.Kind.SAFEGUARD}:
            continue
        count[row.kind] += 1
        safeguard = row.kind == Clause.Kind.SAFEGUARD
        number = str(count[row.kind])
        key = f"s{number}" if safeguard else number
        task = Task(
            plan=plan,
            clause=row,
            number=row.number.strip("（）().、．") or number,
            key=key,
            title=row.title,
            title_en=english.get(key, ""),
            block=_heading(blocks[-1]) if blocks else "",
            safeguard=safeguard,
            place=len(tasks),
        )
        tasks.append(task)
        charges += [
            Charge(task=task, place=place, **known.charge(unit))
            for place, unit in enumerate(clause["units"])
        ]
    Task.objects.bulk_create(tasks)
    Charge.objects.bulk_create(charges)


def _heading(block: Clause) -> str:
    """Return the heading of a block of tasks: （一）建设…, or its plain title at the top."""
    return f"{block.number}{block.title}" if block.number.startswith("（") else block.title


@dataclass
class Names:
    """Which unit or group a name in a paper means; a name nobody bears means nobody."""

    def __init__(self) -> None:
        self.units: dict[str, Organization] = {}
        self.groups: dict[str, Group] = {}
        for unit in Organization.objects.all():
            for name in (unit.name, *unit.aliases):
                self.units[self.plain(name)] = unit
        for group in Group.objects.all():
            for name in (group.name, *group.aliases):
                self.groups[self.plain(name)] = group

    @staticmethod
    def plain(name: str) -> str:
        """Return a name without the differences of width and space."""
        return "".join(name.translate(HALF).split())

    def charge(self, unit: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a charge for one name of a list."""
        name = unit["name"]
        part = {True: Charge.Part.LEAD, False: Charge.Part.SUPPORT}.get(unit["lead"], "")
        plain = self.plain(name)
        group = self.groups.get(plain)
        organization = None if group else self.units.get(plain)
        return {"name": name, "part": part, "group": group, "organization": organization}


def _enter_targets(plan: Plan, said: dict[str, Any], extras: dict[str, Any]) -> None:
    clauses = {tuple(row.path): row for row in plan.clauses.all()}
    added = extras.get("targets", [])
    for place, target in enumerate(said["targets"]):
        more = dict(added[place]) if place < len(added) else {}
        more.setdefault("key", f"target-{place + 1}")
        index = target.get("clause")
        clause = clauses.get(tuple(index)) if isinstance(index, list) else None
        if isinstance(index, int):
            clause = plan.clauses.filter(place=index).first()
        Target.objects.create(
            plan=plan,
            clause=clause,
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


def _ask(actor: Post | None) -> None:
    if actor is not None and not actor.is_officer:
        raise Refused(_("政策文件由联席会议办公室经办人录入。"))


def _take(reading: Reading, actor: Post | None, version: int | None) -> Reading:
    _ask(actor)
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if hasattr(row, "plan"):
        raise Refused(_("这份文件已录入为“{plan}”，不能再改。").format(plan=row.plan))
    if version is not None and version != row.version:
        last = journal.lines_of(row).exclude(post=None).last()
        who = last.post if last else _("他人")
        raise Refused(_("{who}刚刚改动了这份解读，请刷新后再办。").format(who=who))
    return row


def _put(row: Reading, actor: Post | None, verb: str, day: date, **words: Any) -> Reading:
    row.version += 1
    row.save()
    journal.write(actor, verb, row, day=day, **words)
    return row
