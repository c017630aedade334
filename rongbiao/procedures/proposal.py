"""立项建议: anybody proposes a local standard, without an account (Order 26, art. 8).

The proposer gets a number under which to ask; the office declines with a reason, or passes
it to the competent department, for which the application of a project is opened.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.parties import units
from rongbiao.stages.entrusting import entrust
from rongbiao.stages.kinds import Filing, Work
from rongbiao.stages.people import anyone, auditor, department, officer

from .local_standard import LocalStandard
from .local_standard.people import DEPARTMENTS


class Idea(Answers):
    """立项建议."""

    personal = ("person", "phone", "email")

    title = forms.CharField(label=_("建议的标准名称"), max_length=150)
    need = forms.CharField(label=_("为什么需要"), max_length=4000, widget=forms.Textarea)
    scope = forms.CharField(
        label=_("适用范围"), max_length=2000, required=False, widget=forms.Textarea
    )
    draft = forms.FileField(label=_("草案或者设想"), required=False)
    unit = forms.CharField(label=_("单位名称（个人不填）"), max_length=120, required=False)
    person = forms.CharField(label=_("姓名"), max_length=50)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)


class Answer(Answers):
    """答复."""

    RESULTS = [("passed", _("转主管部门研究")), ("declined", _("不予采纳"))]

    result = forms.ChoiceField(label=_("处理结果"), choices=RESULTS)
    department = forms.CharField(
        label=_("主管部门"), max_length=120, required=False,
        help_text=_("转主管部门研究的填写全称，平台为该部门开启立项申请。"),
    )  # fmt: skip
    words = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("result") != "passed":
            return said
        unit = units.named(said.get("department", ""))
        if unit is None or unit.kind not in DEPARTMENTS:
            raise forms.ValidationError(
                _("转主管部门研究的，应写明主管部门全称；“%(name)s”不是本市的主管部门。"),
                params={"name": said.get("department", "") or "—"},
            )
        said["department"] = unit.name
        return said


def name_case(case: Case, entry: Entry) -> None:
    """The case is called as the standard that is wished for."""
    case.title = entry.answers["title"]


def pass_on(case: Case, entry: Entry) -> None:
    """The department reads what was proposed, and has an application to make."""
    unit = units.named(entry.answers.get("department", ""))
    if entry.answers["result"] != "passed" or unit is None:
        return
    desk.open_case(
        LocalStandard, actor=None, day=entry.day, origin=case, title=case.title, applicant=unit,
        demonstration=case.demonstration,
    )  # fmt: skip
    words = f"立项建议“{case.title}”转你单位研究，已为你单位开启立项申请。"
    entrust(case, entry, unit, words)


class Proposal(Procedure):
    key = "proposal"
    name = _("地方标准立项建议")
    mark = "JY"
    law = "local_standard"
    opened_by = anyone
    readers = officer | auditor | department
    stages = (
        Filing(
            key="idea",
            name=_("提出建议"),
            code="00",
            form=Idea,
            by=anyone,
            effect=name_case,
            receipt=True,
        ),
        Work(
            key="answer",
            name=_("答复"),
            code="00",
            rule="proposal_answer_days",
            form=Answer,
            by=officer,
            effect=pass_on,
            finish=_("答复"),
        ),
    )
