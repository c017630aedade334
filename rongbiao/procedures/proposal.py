"""立项建议: anybody proposes a local standard, without an account (Order 26, art. 8).

The proposer gets a number under which to ask; the office passes it on or declines with a
reason, and answers.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.stages.kinds import Filing, Work
from rongbiao.stages.people import anyone, auditor, officer


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
    department = forms.CharField(label=_("主管部门"), max_length=120, required=False)
    words = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea)


def name_case(case, entry) -> None:
    """The case is called as the standard that is wished for."""
    case.title = entry.answers["title"]


class Proposal(Procedure):
    key = "proposal"
    name = _("地方标准立项建议")
    mark = "JY"
    law = "local_standard"
    opened_by = anyone
    readers = officer | auditor
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
            finish=_("答复"),
        ),
    )
