"""Leaders for tests, by the acts that people use: enterprises that declare, a frozen plan, a list."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.awards.models import LeaderPlan
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.procedures.leader import LeaderApplying
from rongbiao.procedures.leader_plan import LeaderPlanning
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Declaration

DRAFTED, FROZEN = date(2026, 1, 5), date(2026, 1, 20)
OPENS, CLOSES = date(2026, 2, 2), date(2026, 3, 2)
RANKED, LISTED = date(2026, 3, 3), date(2026, 3, 20)
ITEMS = (
    "保温效能\t℃\t越高越好\t60\t60\t68=100；64=80；60=60\n"
    "铅迁移量\tmg/kg\t越低越好\t30\t0.05\t0.01=100；0.02=80；0.05=60\n"
    "密封性\t\t按等级\t10\t\t一级=100；二级=60"
)
PLAN = {
    "title": "保温杯壶领跑者评估方案", "field": "保温杯壶", "opens_on": str(OPENS),
    "closes_on": str(CLOSES), "months": "24", "places": "2", "least_total": "60", "level": "80",
    "complete": "10", "drafting": "10", "must": "20", "note": "5", "between": "steps",
    "items": ITEMS, "later": "on", "free": "on",
}  # fmt: skip


def agent(name: str, unit: str | None = None) -> Post:
    """Return the agent of an enterprise that bears its name."""
    person = Person.objects.get_or_create(username=f"{name}经办", defaults={"name": f"{name}经办"})[
        0
    ]
    kind = {"defaults": {"kind": "enterprise"}}
    organization = Organization.objects.get_or_create(name=unit or f"{name}公司", **kind)[0]
    return Post.objects.create(
        person=person, organization=organization, role="agent", since=date(2020, 1, 1), basis="试验"
    )


def indicators(heat="≥64", lead="≤20 μg/kg", seal="一级") -> list[dict[str, str]]:
    """Return the indicators of a declaration."""
    rows = (
        ("保温效能", heat, "℃", "GB/T 29606—2013 6.4"),
        ("铅迁移量", lead, "", "GB 4806.9—2023 5.2"),
        ("密封性", seal, "", "附录A"),
    )
    return [dict(zip(("name", "limit", "unit", "method"), row, strict=True)) for row in rows]


def declare(who: Post, number: str, *, day=DRAFTED, replaces=None, **limits: str) -> Declaration:
    """Let an enterprise declare a standard of its own; again: its next version."""
    said = Said(
        number, f"{who.organization}保温杯", replaces=replaces, indicators=indicators(**limits)
    )
    row = declaring.prepare(said, actor=who, day=day)
    answers = {"statements": [str(row.pk)], "true": "on"}
    desk.open_case(SelfDeclaration, actor=who, day=day, answers=answers)
    return Declaration.objects.get(organization=who.organization, number=number)


def withdraw(who: Post, item: Declaration, day: date) -> None:
    """Let an enterprise withdraw what it declared."""
    answers = {"withdrawn": [str(item.pk)], "reason": "停产", "true": "on"}
    desk.open_case(SelfDeclaration, actor=who, day=day, answers=answers)


def drafted(officer: Post, **more: str) -> Case:
    """Return a plan that was drafted and is before the public."""
    return desk.open_case(LeaderPlanning, actor=officer, day=DRAFTED, answers=PLAN | more)


def frozen(officer: Post, **more: str) -> Case:
    """Return a plan that is frozen and takes applications."""
    case = drafted(officer, **more)
    desk.act(case, "close", actor=officer, day=FROZEN)
    desk.act(case, "approve", actor=officer, day=FROZEN, answers={"paper": "榕市监标〔2026〕2号"})
    return case


def apply(who: Post, plan: Case, item: Declaration, *, day=OPENS) -> Case:
    """Let an enterprise apply."""
    answers = {"plan": plan.number, "declaration": str(item.pk), "true": "on"}
    return desk.open_case(LeaderApplying, actor=who, day=day, answers=answers)


def applied(officer: Post, who: Post, plan: Case, item: Declaration, *, day=OPENS) -> Case:
    """Let an enterprise apply and the office accept it."""
    case = apply(who, plan, item, day=day)
    desk.act(case, "accept", actor=officer, day=day + timedelta(days=1))
    return case


def ranked(officer: Post, plan: Case, day=RANKED) -> Case:
    """Begin the ranking of a plan and compute it; return its case."""
    desk.act(plan, "submit", actor=officer, day=day)
    case = Case.objects.filter(procedure_key="leader_list", origin=plan).latest("pk")
    desk.act(case, "submit", actor=officer, day=day)
    return case


def commit(case: Case, *who: Post, day=RANKED) -> None:
    """Let the shortlisted hand in their commitments."""
    for one in who:
        files = {
            name: SimpleUploadedFile(f"{name}.txt", "我企业承诺声明的指标真实。".encode())
            for name in ("promise", "proof")
        }
        desk.act(case, "commit", actor=one, day=day, answers={}, files=files)


def listed(officer: Post, case: Case, day=LISTED) -> Case:
    """Close the commitments, let the notice run, and announce the list."""
    desk.act(case, "submit", actor=officer, day=case.stage_since)
    desk.act(case, "close", actor=officer, day=day)
    desk.act(case, "approve", actor=officer, day=day, answers={"paper": "榕市监标公告〔2026〕9号"})
    return case


def world(officer: Post) -> tuple[LeaderPlan, Case, dict[str, Post], dict[str, Declaration]]:
    """Return a plan with a list: 甲 and 乙 on it, 丙 not, with their people and declarations."""
    posts = {name: agent(name) for name in "甲乙丙"}
    limits = {"甲": {"heat": "≥68"}, "乙": {"heat": "≥64"}, "丙": {"heat": "≥60"}}
    items = {name: declare(posts[name], f"Q/{name} 1—2026", **limits[name]) for name in "甲乙丙"}
    plan = frozen(officer)
    for name in "甲乙丙":
        applied(officer, posts[name], plan, items[name])
    case = ranked(officer, plan)
    commit(case, posts["甲"], posts["乙"])
    listed(officer, case)
    return LeaderPlan.objects.get(number=plan.number), case, posts, items


def until(told: dict, cast: dict[str, Post]) -> Case | None:
    """Bring leaders as far as a story says: 申请 (a plan takes them), 评估 (its case), 名单."""
    officer, plan, case = cast[told["经办"]], None, None
    items = {
        name: declare(cast[name], number, heat=heat)
        for name, (number, heat) in told["企业"].items()
    }
    plan = frozen(officer)
    if told["到"] == "申请":
        return None
    for name, item in items.items():
        applied(officer, cast[name], plan, item)
    desk.act(plan, "submit", actor=officer, day=RANKED)
    case = Case.objects.filter(procedure_key="leader_list", origin=plan).latest("pk")
    if told["到"] == "评估":
        return case
    desk.act(case, "submit", actor=officer, day=RANKED)
    commit(case, *(cast[name] for name in told["承诺"]))
    listed(officer, case)
    return None
