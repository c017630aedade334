"""领跑者评估方案: how leaders of one product or service are found, frozen before anybody applies.

The office drafts the plan, everybody may object, then it is approved and frozen: its canonical
text and SHA-256 are published and never change. The case stays open while applications come
and ends where the ranking begins. No rule on a city's own leaders was found; the periods are the
office's (``law/tables/leader.toml``), and no fee is taken.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards import leading
from rongbiao.awards.models import LeaderPlan
from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, Action, Answers, Guard, Procedure
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Words
from rongbiao.stages.kinds import Decision, Notice, Work
from rongbiao.stages.people import auditor, officer, public
from rongbiao.texts.ranking import BadPlan, read_item, read_plan

from .leader_list import LeaderRanking

CELLS = ("name", "unit", "better", "weight", "least", "lines")
BETWEEN = [
    ("steps", gettext_lazy("取所达到的分级线的得分")),
    ("linear", gettext_lazy("在两条分级线之间按比例计分")),
]


def percent(label: Any, initial: str) -> forms.DecimalField:
    """Return a field for a number from 0 to 100."""
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=7, decimal_places=4,
        initial=Decimal(initial),
    )  # fmt: skip


class Drafted(Answers):
    """评估方案."""

    title = forms.CharField(label=gettext_lazy("方案名称"), max_length=150)
    field = forms.CharField(label=gettext_lazy("产品或者服务"), max_length=300)
    opens_on = forms.DateField(label=gettext_lazy("申请开始日期"))
    closes_on = forms.DateField(label=gettext_lazy("申请截止日期"))
    months = forms.IntegerField(label=gettext_lazy("名单有效期（月）"), min_value=1, max_value=120)
    places = forms.IntegerField(label=gettext_lazy("名额"), min_value=1, max_value=500)
    least_total = percent(gettext_lazy("入围总分，不低于"), "60")
    level = percent(gettext_lazy("水平先进性占比（%）"), "80")
    complete = percent(gettext_lazy("指标全面性占比（%）"), "10")
    drafting = percent(gettext_lazy("编写规范性占比（%）"), "10")
    must = percent(gettext_lazy("编写规范性：每处应当改正的发现扣分"), "20")
    note = percent(gettext_lazy("编写规范性：每处请核对的发现扣分"), "5")
    between = forms.ChoiceField(label=gettext_lazy("分级线之间的计分"), choices=BETWEEN)
    items = forms.CharField(
        label=gettext_lazy("评估指标"), max_length=20_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "每行一项，用制表符分开，可以从 Excel 粘贴：名称、单位、方向（越高越好、越低越好、按等级）、"
            "权重、入围值（可空）、分级线（如 68=100；64=80；60=60，从高到低）。权重之和为 100。"
        ),
    )  # fmt: skip
    later = forms.BooleanField(
        label=gettext_lazy("名单有效期内可以补充申请，经重新评估后调整名单"), required=False
    )
    free = forms.BooleanField(label=gettext_lazy("本评估不收取任何费用"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        try:
            plan = read_plan(self.told(said))
        except BadPlan as bad:
            raise forms.ValidationError(str(bad)) from bad
        return {**said, "plan": plan.said(), "sha256": plan.digest()}

    def told(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the plan as it will be hashed."""
        lines = [line for line in said["items"].splitlines() if line.strip()]
        number = self.case.number if self.case and self.case.number else "—"
        items = [item_of(line, place) for place, line in enumerate(lines, start=1)]
        names = ("title", "field", "months", "places", "between", "later")
        return {name: said[name] for name in names} | {
            "number": number, "opens_on": said["opens_on"].isoformat(),
            "closes_on": said["closes_on"].isoformat(), "least_total": told(said["least_total"]),
            "shares": {name: told(said[name]) for name in ("level", "complete", "drafting")},
            "deductions": {name: told(said[name]) for name in ("must", "note")}, "items": items,
        }  # fmt: skip


def told(value: Decimal) -> str:
    """Return a decimal of a form as plans take it."""
    return f"{value:f}"


def item_of(line: str, place: int) -> dict[str, Any]:
    """Return one indicator from its line."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(CELLS):
        raise BadPlan(
            _("第 {n} 项指标应有 6 列，用制表符分开，现有 {found} 列。").format(
                n=place, found=len(cells)
            )
        )
    return read_item(place, **dict(zip(CELLS, cells, strict=True)))


class Freezing(Answers):
    """批准."""

    paper = forms.CharField(label=gettext_lazy("公布方案的文号"), max_length=60)


def plan_of(case: Case) -> LeaderPlan:
    """Return the frozen plan of its case, or refuse."""
    row = LeaderPlan.objects.filter(number=case.number).first()
    if row is None:
        raise Refused(_("{case}的评估方案还没有冻结。").format(case=case.number))
    return row


def put_before_everybody(case: Case, entry: Entry) -> None:
    """The case is called as its plan; what is drafted is public."""
    case.title = entry.answers["title"]
    case.public_since = case.public_since or entry.day


def freeze(case: Case, entry: Entry) -> None:
    """The plan is official; its text and its digest stand from now on."""
    drafted = case.said("submit")
    leading.freeze(
        drafted["plan"], basis=entry.answers["paper"], day=entry.day,
        demonstration=case.demonstration,
    )  # fmt: skip


def rank_now(case: Case, entry: Entry) -> None:
    """The ranking is opened as a matter of its own."""
    open_ranking(case, entry.day)


def open_ranking(case: Case, day: date) -> Case:
    """Open the ranking of a plan's applicants; refused while another one is under way."""
    running = Case.objects.filter(procedure_key=LeaderRanking.key, origin=case, closed_on=None)
    if (other := running.first()) is not None:
        raise Refused(_("{other}正在评估，办结后才能再评。").format(other=other))
    return desk.open_case(
        LeaderRanking, actor=None, day=day, origin=case, title=f"{case.title}：评估排名"[:200],
        demonstration=case.demonstration,
    )  # fmt: skip


def stop(case: Case, entry: Entry) -> None:
    """The evaluation ends without a list; the frozen plan stays to be read."""
    leading.end(plan_of(case), entry.answers["words"], day=entry.day)


def _never(case: Case, day: date) -> None:
    raise Refused(plan_of(case).unchanged())


def _applications_over(case: Case, day: date) -> None:
    row = plan_of(case)
    if day <= row.closes_on:
        words = _("申请期至{last} 24 时届满，届满前不能开始评估。")
        raise Refused(words.format(last=row.closes_on))
    if waiting := Case.objects.filter(procedure_key="leader", origin=case, closed_on=None).count():
        raise Refused(_("还有 {n} 件申请没有审查，全部审查后才能评估。").format(n=waiting))
    if not row.applications.exists():
        raise Refused(_("没有受理的申请，不能评估；请终止本次评估。"))


class LeaderPlanning(Procedure):
    """The opinion of eight departments on leaders (June 2018); the periods are the office's."""

    key = "leader_plan"
    name = gettext_lazy("领跑者评估方案")
    mark = "LP"
    law = "leader"
    opened_by = officer
    readers = officer | auditor | public
    stages = (
        Work(
            key="draft", name=gettext_lazy("拟定方案"), form=Drafted, by=officer,
            finish=gettext_lazy("提交公示"), effect=put_before_everybody,
        ),
        Notice(key="notice", name=gettext_lazy("方案公示"), rule="plan_notice_days"),
        Decision(
            key="decision", name=gettext_lazy("批准冻结"), back="draft", form=Freezing,
            effect=freeze, approve=gettext_lazy("批准并冻结"),
        ),
        Work(
            key="open", name=gettext_lazy("受理申请"), form=Answers, by=officer,
            finish=gettext_lazy("开始评估"), effect=rank_now,
            guards=(Guard(gettext_lazy("申请期届满，申请全部审查"), _applications_over),),
            more=(
                Action(
                    "change", gettext_lazy("变更方案"), officer, to="draft", form=Words,
                    guards=(Guard(gettext_lazy("方案没有冻结"), _never),),
                ),
                Action(
                    "stop", gettext_lazy("终止评估"), officer, to=CLOSED, form=Words, effect=stop,
                    public=True,
                ),
            ),
        ),
    )  # fmt: skip
