"""领跑者申请: an enterprise enters one of its public declarations for a frozen plan.

Only what is declared counts: the declaration is public, its content holds today, it was not
withdrawn and no loss of standing (a failed inspection) is open. No fee is taken.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards import leading
from rongbiao.awards.models import LeaderApplication, LeaderPlan
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Check, Filing
from rongbiao.stages.people import applicant, auditor, officer
from rongbiao.standards.models import Declaration

from .leader_list import LeaderRanking
from .self_declaration import declarer


class Applying(Answers):
    """领跑者申请."""

    plan = forms.ChoiceField(label=gettext_lazy("评估方案"))
    declaration = forms.ChoiceField(
        label=gettext_lazy("参评的标准"),
        help_text=gettext_lazy("本企业公开的、登记了声明内容的标准；评估只看声明的指标。"),
    )
    true = forms.BooleanField(
        label=gettext_lazy("本企业承诺声明内容真实，产品或者服务符合声明的指标")
    )

    def fit(self) -> None:
        day = (self.case and self.case.opened_on) or timezone.localdate()
        asked = LeaderPlan.objects.filter(ended_on=None)
        if self.case is not None:
            asked = asked.filter(demonstration=self.case.demonstration)
        self.plans = {row.number: row for row in asked if row.takes(day)}
        unit = self.case.applicant if self.case else None
        rows = leading.eligible(unit, day) if unit else Declaration.objects.none()
        self.rows = {str(row.pk): row for row in rows}
        for name, known in (("plan", self.plans), ("declaration", self.rows)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(key, str(row)) for key, row in known.items()]
            field.error_messages["invalid_choice"] = str(REFUSALS[name])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        row, item = self.plans[said["plan"]], self.rows[said["declaration"]]
        if row.applications.filter(declaration=item).exists():
            raise forms.ValidationError(_("“{item}”已申请本方案，不必重复申请。").format(item=item))
        return {**said, "number": item.number, "standard": item.title, "title": row.title}


REFUSALS = {
    "plan": gettext_lazy("该方案现在不受理申请：不在申请期内、已终止，或者不接受补充申请。"),
    "declaration": gettext_lazy(
        "该标准不能参评：应为本企业声明公开、登记了内容、没有停止，且没有未改正的检查问题的标准。"
    ),
}


def take(case: Case, entry: Entry) -> None:
    """The case is called as what is entered, and belongs to its plan."""
    said = entry.answers
    case.title = f"{said['number']} {said['standard']}申请领跑者"[:200]
    case.origin = Case.objects.get(number=said["plan"])


def enter(case: Case, entry: Entry) -> None:
    """The application counts, unless the ranking has begun."""
    said = case.said("submit")
    row = LeaderPlan.objects.get(number=said["plan"])
    ranking = Case.objects.filter(procedure_key=LeaderRanking.key, origin=case.origin)
    if ranking.filter(closed_on=None).exclude(stage_key="rank").exists():
        raise Refused(_("本方案已经排名，不能再受理申请；请在名单公布后补充申请。"))
    unit = case.applicant
    if (
        unit is None
        or not leading.eligible(unit, entry.day).filter(pk=said["declaration"]).exists()
    ):
        raise Refused(str(REFUSALS["declaration"]))
    LeaderApplication.objects.create(
        plan=row, organization=unit, declaration_id=said["declaration"], accepted_on=entry.day,
        basis=case.number, basis_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip


class LeaderApplying(Procedure):
    """The opinion of eight departments on leaders (June 2018)."""

    key = "leader"
    name = gettext_lazy("领跑者申请")
    mark = "LS"
    law = "leader"
    begun_at = "leader_apply"
    opened_by = declarer
    readers = applicant | officer | auditor
    stages = (
        Filing(key="apply", name=gettext_lazy("申请"), form=Applying, by=applicant, effect=take),
        Check(key="check", name=gettext_lazy("申请审查"), back="apply", effect=enter),
    )
