"""领跑者动态调整: nobody leaves a list silently, and nobody better is overlooked.

Opened when a listed declaration ends, changes or fails an inspection (``standing_lost``), and by
the clock when a new declaration would stand above the last of a list; an officer decides with a
reason. A removal is put before the public first.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards import leading
from rongbiao.awards.models import Leader
from rongbiao.cases import desk, message
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers, Guard, Procedure
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Words
from rongbiao.stages.kinds import Decision, Notice, Work
from rongbiao.stages.people import applicant, auditor, officer, public
from rongbiao.standards.models import Declaration

from .leader_plan import open_ranking

FAILED = "检查不合格"  # how the cause of a loss begins that an inspection found
SCORED = "按方案得"  # in the title of a case about a better declaration, behind which one
TRIGGERS = [
    ("ended", gettext_lazy("声明已停止或者被代替")),
    ("changed", gettext_lazy("声明内容已变更")),
    ("failed", gettext_lazy("监督检查不合格")),
    ("false", gettext_lazy("承诺或者证明材料不实")),
    ("better", gettext_lazy("出现更优的标准，名单重新评估")),
    ("other", gettext_lazy("其他")),
]


class Facts(Answers):
    """移出建议."""

    leader = forms.ChoiceField(label=gettext_lazy("领跑者"))
    trigger = forms.ChoiceField(label=gettext_lazy("事由"), choices=TRIGGERS)
    words = forms.CharField(label=gettext_lazy("理由"), max_length=2000, widget=forms.Textarea)

    def fit(self) -> None:
        rows = Leader.objects.select_related("organization", "declaration", "list__plan")
        if self.case is not None:
            rows = rows.filter(demonstration=self.case.demonstration)
        if self.case is not None and self.case.origin is not None:
            number = self.case.origin.number
            rows = rows.filter(organization=self.case.applicant, list__plan__number=number)
        self.rows = {str(row.pk): row for row in rows}
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{row}（{row.list.plan}）") for key, row in self.rows.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        row = self.rows.get(said.get("leader", ""))
        if row and (gone := row.removed_on or row.list.replaced_on):
            words = _("“{leader}”自{day}起已不在名单上，不必移出。")
            raise forms.ValidationError(words.format(leader=row, day=gone))
        if row:
            said["unit"], said["number"] = row.organization.name, row.declaration.number
        return said


class Announcing(Answers):
    """移出公告."""

    paper = forms.CharField(label=gettext_lazy("公告文号"), max_length=60)


def put_before_everybody(case: Case, entry: Entry) -> None:
    """What is proposed is public, and the enterprise is told."""
    row = Leader.objects.select_related("organization", "list__plan", "declaration").get(
        pk=entry.answers["leader"]
    )
    case.applicant, case.public_since = row.organization, case.public_since or entry.day
    case.origin = case.origin or Case.objects.get(number=row.list.plan.number)
    case.title = f"{row}拟移出“{row.list.plan}”名单"[:200]


def remove(case: Case, entry: Entry) -> None:
    """The leader is taken off the list from this day; the doubt is settled."""
    said = case.entries.filter(stage_key="facts", action_key="submit").last()
    assert said is not None
    row = Leader.objects.get(pk=said.answers["leader"])
    leading.remove(row, said.answers["words"], basis=case.number, day=entry.day)
    if said.answers["trigger"] != "failed":  # a failed inspection is settled by its own
        leading.settle([row.declaration_id], entry.day)


def keep(case: Case, entry: Entry) -> None:
    """The list stays as it is; what was doubted about this enterprise's leaders is settled."""
    rows = Leader.objects.filter(organization=case.applicant, removed_on=None)
    leading.settle(rows.values_list("declaration", flat=True), entry.day)


def rank_again(case: Case, entry: Entry) -> None:
    """The plan's applicants, and whoever applied since, are ranked anew."""
    assert case.origin is not None
    open_ranking(case.origin, entry.day)


def invite(case: Case, entry: Entry) -> None:
    """The enterprise is told that it may apply."""
    posts = Post.objects.on(entry.day).filter(organization=case.applicant)
    words = _("“{plan}”可以补充申请：{words}").format(
        plan=case.origin.title if case.origin else "", words=entry.answers["words"]
    )
    message.tell(case, entry, words, posts.select_related("person"))


def _known(case: Case, day: date) -> None:
    if case.origin is None:
        raise Refused(_("本件没有所属的评估方案，请先提出移出。"))


KNOWN = Guard(gettext_lazy("已知所属的评估方案"), _known)


class LeaderAdjustment(Procedure):
    """The opinion of eight departments on leaders (June 2018); the periods are the office's."""

    key = "leader_adjustment"
    name = gettext_lazy("领跑者动态调整")
    mark = "LT"
    law = "leader"
    begun_at = "leaders"
    opened_by = officer
    readers = officer | auditor | applicant | public
    stages = (
        Work(
            key="facts", name=gettext_lazy("核实"), form=Facts, by=officer,
            finish=gettext_lazy("提出移出"), effect=put_before_everybody,
            more=(
                Action(
                    "invite", gettext_lazy("告知可以补充申请"), officer, to=STAY, form=Words,
                    guards=(KNOWN,), effect=invite,
                ),
                Action(
                    "again", gettext_lazy("重新评估"), officer, to=CLOSED, form=Words,
                    guards=(KNOWN,), effect=rank_again,
                ),
                Action(
                    "keep", gettext_lazy("名单不变"), officer, to=CLOSED, form=Words, effect=keep
                ),
            ),
        ),
        Notice(key="notice", name=gettext_lazy("移出公示"), rule="removal_notice_days"),
        Decision(
            key="decision", name=gettext_lazy("移出决定"), back="facts", form=Announcing,
            effect=remove, approve=gettext_lazy("移出名单"),
            documents=(gettext_lazy("移出名单公告"),),
        ),
    )  # fmt: skip

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield leaders whose declaration has ended, and declarations better than a list's last."""
        for row in leading.fallen(day):
            why = f"声明已于{row.declaration.withdrawn_on}停止"
            leading.lose(row.declaration, why, basis=str(cls.name), day=day)
            yield wanted(row, why)
        asked = Case.objects.filter(procedure_key=cls.key).values_list("origin__number", "title")
        known = {(number, title.partition(SCORED)[0]) for number, title in asked}
        for one in leading.better(day):
            said, plan = one.statement, one.list.plan
            which = f"{said.organization} {said.number}第 {said.ordinal} 版"
            if (plan.number, which) not in known:
                yield {
                    "applicant": said.organization,
                    "title": f"{which}{SCORED} {one.total} 分，高于名单末位的 {one.last} 分"[:200],
                    "origin": Case.objects.get(number=plan.number),
                    "demonstration": plan.demonstration,
                }


def wanted(row: Leader, why: str) -> dict[str, Any]:
    """Return how the case of a leader in doubt is opened."""
    return {
        "applicant": row.organization,
        "origin": Case.objects.get(number=row.list.plan.number),
        "title": f"{row}：{why}"[:200],
        "demonstration": row.demonstration,
    }


def standing_lost(declaration: Declaration, why: str, day: date, basis: str = "") -> list[Case]:
    """Note that a declaration lost its standing, and open a case for each list it stands on.

    Called when it is withdrawn, replaced or changed and when an inspection fails. Until it is
    settled the declaration cannot enter a plan. Calling it again for the same cause does nothing.
    """
    known = leading.open_losses().filter(declaration=declaration).exists()
    leading.lose(declaration, why, basis=basis or why[:200], day=day)
    rows = Leader.objects.in_force(day).filter(declaration=declaration)
    rows = rows.select_related("organization", "declaration", "list__plan")
    return [] if known else [
        desk.open_case(LeaderAdjustment, actor=None, day=day, **wanted(row, why)) for row in rows
    ]  # fmt: skip


def follow(declarations: Iterable[int], day: date) -> list[Case]:
    """Look after leaders whose declarations were ended, replaced or changed; return new cases."""
    return [
        case
        for row, why in leading.doubts(declarations, day)
        for case in standing_lost(row.declaration, why, day)
    ]


def standing_restored(declaration: Declaration, day: date) -> None:
    """Settle what an inspection found: one was passed after all."""
    leading.settle([declaration.pk], day, FAILED)
