"""标准转化: a group or enterprise standard that has proved itself becomes one of the government.

团体标准管理规定 speaks of it; no rule of the city was found.

Proposed with evidence by the association or a department, decided by an officer. Towards a
local standard it opens that project for the department named; towards a higher one the upper
body's numbers are kept as they become known. In the end the register holds the relation.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers, Procedure
from rongbiao.parties import units
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Decision, Filing, Work
from rongbiao.stages.people import applicant, auditor, officer, public
from rongbiao.standards import converting
from rongbiao.standards.models import Declaration, Standard
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number

from .group_standard.people import society
from .local_standard import LocalStandard
from .local_standard.forms import Reason, several
from .local_standard.people import DEPARTMENTS, competent

TARGETS = [
    ("municipal", gettext_lazy("市级地方标准")),
    ("provincial", gettext_lazy("省级地方标准")),
    ("sector", gettext_lazy("行业标准")),
    ("national", gettext_lazy("国家标准")),
]


def number_in(text: str) -> StandardNumber:
    """Read a number, or refuse the field."""
    try:
        return read_number(text)
    except NotANumber as bad:
        raise forms.ValidationError(str(bad)) from bad


class Evidence(Answers):
    """转化申请: which standard, to what, and the effect that it has had."""

    number = forms.CharField(
        label=gettext_lazy("转化的标准编号（团体标准或者企业标准）"), max_length=80
    )
    title = forms.CharField(label=gettext_lazy("转化后的标准名称"), max_length=150)
    target = forms.ChoiceField(label=gettext_lazy("转化为"), choices=TARGETS)
    users = forms.IntegerField(label=gettext_lazy("采用单位数"), min_value=1)
    effect = several(gettext_lazy("实施效果（数据、范围、时间）"))
    need = several(gettext_lazy("需要转化的理由"))
    evidence = forms.FileField(label=gettext_lazy("实施效果佐证材料"))

    def clean_number(self) -> str:
        number = number_in(self.cleaned_data["number"])
        held = Standard.objects.filter(key=number.key).first()
        levels = (Standard.Level.GROUP, Standard.Level.ENTERPRISE)
        if number.level not in {level.value for level in levels}:
            raise forms.ValidationError(
                _("{number} 不是团体标准或者企业标准，不能申请转化。").format(number=number.display)
            )
        declared = Declaration.objects.filter(withdrawn_on=None)
        said = declared.filter(Q(number=number.display) | Q(number=str(number)))
        if held is None and not said.exists():
            raise forms.ValidationError(
                _("名录和自我声明中都没有 {number}；先公开的标准才能申请转化。").format(
                    number=number.display
                )
            )
        if held and held.status in {Standard.Status.WITHDRAWN, Standard.Status.SUPERSEDED}:
            raise forms.ValidationError(
                _("{number} 现在是“{state}”，不能申请转化。").format(
                    number=held.shown, state=held.get_status_display()
                )
            )
        running = Case.objects.filter(procedure_key=Conversion.key, closed_on=None)
        running = running.filter(standard=held) if held else running.none()
        if other := running.exclude(pk=self.case.pk if self.case else 0).first():
            raise forms.ValidationError(
                _("{number} 的转化正在办理（{case}），不能重复申请。").format(
                    number=number.display, case=other.number
                )
            )
        return number.display


def take(case: Case, entry: Entry) -> None:
    """The case is about the standard that is to be converted."""
    said = entry.answers
    case.standard = Standard.objects.filter(key=read_number(said["number"]).key).first()
    case.title = f"{said['number']}转化为{dict(TARGETS)[said['target']]}"[:200]


def asked(case: Case) -> dict[str, Any]:
    """Return what was applied for last."""
    filed = case.entries.filter(stage_key="evidence", action_key="submit").last()
    return filed.answers if filed else {}


class Ruling(Answers):
    """转化决定."""

    words = several(gettext_lazy("决定理由"), length=2000)
    department = forms.CharField(
        label=gettext_lazy("申报地方标准的主管部门"), max_length=120, required=False,
        help_text=gettext_lazy("转化为市级地方标准的填写；同意后为该部门开启立项申请。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.case is None or asked(self.case).get("target") != "municipal":
            return said
        unit = units.named(said.get("department", ""))
        if unit is None or unit.kind not in DEPARTMENTS:
            raise forms.ValidationError(
                _("转化为市级地方标准的，应写明提出立项的主管部门；“{name}”不是本市的主管部门。").format(
                    name=said.get("department", "") or "—"
                )
            )  # fmt: skip
        return said


def open_way(case: Case, entry: Entry) -> None:
    """Agreed: public, and where the city makes the standard itself its project begins."""
    case.public_since = case.public_since or entry.day
    said = asked(case)
    if said.get("target") == "municipal":
        desk.open_case(
            LocalStandard, actor=None, day=entry.day, origin=case, title=said["title"],
            applicant=units.named(entry.answers["department"]), demonstration=case.demonstration,
        )  # fmt: skip


class Upper(Answers):
    """上级立项."""

    body = forms.CharField(label=gettext_lazy("立项机关"), max_length=120)
    plan = forms.CharField(label=gettext_lazy("计划编号"), max_length=80)


class Made(Answers):
    """转化结果."""

    number = forms.CharField(label=gettext_lazy("转化后的标准编号"), max_length=80)
    document = forms.CharField(label=gettext_lazy("发布公告文号"), max_length=120)

    def clean_number(self) -> str:
        number = number_in(self.cleaned_data["number"])
        target = asked(self.case).get("target") if self.case else None
        if target and number.level != target:
            raise forms.ValidationError(
                _("本件转化为{target}，{number} 不是。").format(
                    target=dict(TARGETS)[target], number=number.display
                )
            )
        if number.year is None:
            raise forms.ValidationError(_("转化后的标准编号应写明年份。"))
        return str(number.bare)


def relate(case: Case, entry: Entry) -> None:
    """The register holds from now on what came of what."""
    said = entry.answers
    old = asked(case).get("number")
    if not old:
        raise Refused(_("本件没有转化申请，不能登记结果。"))
    converting.relate(
        said["number"], old, said["document"], day=entry.day, demonstration=case.demonstration
    )


class Conversion(Procedure):
    """团体标准管理规定 on conversion (article not verified); the rest is the house's own."""

    key = "conversion"
    name = gettext_lazy("标准转化")
    mark = "ZX"
    law = "group_standard"
    opened_by = society | competent
    readers = applicant | officer | auditor | public
    stages = (
        Filing(
            key="evidence", name=gettext_lazy("转化申请"), form=Evidence, effect=take,
            documents=(gettext_lazy("实施效果佐证材料"),),
        ),
        Decision(
            key="ruling", name=gettext_lazy("转化决定"), back="evidence", form=Ruling,
            rule="conversion_days", effect=open_way, approve=gettext_lazy("同意转化"),
        ),
        Work(
            key="following", name=gettext_lazy("跟踪转化"), by=officer, form=Made, effect=relate,
            finish=gettext_lazy("登记转化结果"),
            more=(
                Action(
                    "planned", gettext_lazy("登记上级立项"), officer | applicant, to=STAY, form=Upper,
                    public=True,
                ),
                Action(
                    "stop", gettext_lazy("终止转化"), officer, to=CLOSED, form=Reason, public=True
                ),
            ),
        ),
    )  # fmt: skip
