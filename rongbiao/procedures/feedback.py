"""实施反馈: anybody tells how a standard in force does in practice, without an account.

Standardization Law, art. 29(2); Measures for Local Standards, art. 24. The office answers or
passes it to the department that proposed the standard; the answer goes to the address that was
left and stands under the receipt. Who gave it is never public and may be erased. No rule was
found that sets a term for the answer: the table names the platform's own, unverified.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import STAY, Action, Answers, Procedure
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import LINKS, MOST_LINKS
from rongbiao.stages.entrusting import entrust
from rongbiao.stages.kinds import Filing, Work
from rongbiao.stages.people import anyone, applicant, auditor, department, officer, public
from rongbiao.standards import edits, letters
from rongbiao.standards.status import STATUS

from . import in_use
from .local_standard.forms import several
from .local_standard.people import DEPARTMENTS
from .local_standard_review import LocalStandardReview

KINDS = [
    ("unfit", gettext_lazy("不适用")),
    ("wrong", gettext_lazy("有错漏")),
    ("hard", gettext_lazy("难以执行")),
    ("conflict", gettext_lazy("与其他标准不一致")),
    ("good", gettext_lazy("效果好")),
    ("other", gettext_lazy("其他")),
]
RESULTS = [
    ("explained", gettext_lazy("已说明")),
    (in_use.TAKEN_UP, gettext_lazy("已采纳，纳入复审")),
    ("elsewhere", gettext_lazy("转有关部门")),
]


class Feedback(Answers):
    """反馈."""

    personal = ("unit", "person", "phone", "email")

    clause = forms.CharField(
        label=gettext_lazy("章条编号"), max_length=60, required=False,
        help_text=gettext_lazy("例如 5.2；针对整项标准的不填。"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=KINDS, widget=forms.RadioSelect)
    words = several(gettext_lazy("情况和建议"))
    file = forms.FileField(
        label=gettext_lazy("附件"), required=False,
        help_text=gettext_lazy("不公开，单个不超过 20 MB。"),
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("单位名称（个人不填）"), max_length=120, required=False
    )
    person = forms.CharField(label=gettext_lazy("姓名（可不填）"), max_length=50, required=False)
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=30, required=False)
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"), required=False,
        help_text=gettext_lazy("留下的，答复同时发到这里。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Mark what looks like spam: whoever answers is warned before it is made public."""
        said = super().clean() or {}
        words = said.get("words", "")
        row = self.case.standard if self.case else None
        if row is not None and _said_before(self.case, words):
            raise forms.ValidationError(
                _("这段内容已有人就{number}反馈过，正在办理，不必重复提交。").format(
                    number=row.shown
                )
            )
        if len(LINKS.findall(words)) > MOST_LINKS:
            said["suspect"] = True
        return said


def _said_before(case: Case | None, words: str) -> bool:
    """Tell whether the very same words wait to be answered on the same standard."""
    if case is None or not words:
        return False
    rows = Entry.objects.filter(case__procedure_key=in_use.FEEDBACK, case__closed_on=None)
    rows = rows.filter(case__standard=case.standard, action_key="submit")
    return rows.exclude(case=case).filter(answers__words=words).exists()


class Passing(Answers):
    """转主管部门."""

    department = forms.ChoiceField(label=gettext_lazy("答复单位"))
    words = forms.CharField(
        label=gettext_lazy("要求"), max_length=500, required=False, widget=forms.Textarea
    )

    def fit(self) -> None:
        """Offer the departments, and who proposed or manages the standard first of all."""
        row = self.case.standard if self.case else None
        near = edits.units_named([row.proposer, row.owner]) if row else {}
        rows = Organization.objects.filter(kind__in=DEPARTMENTS)
        units = {unit.pk: unit for unit in (*near.values(), *rows)}
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), str(unit)) for pk, unit in units.items()]
        if row and row.proposer in near:
            field.initial = str(near[row.proposer].pk)


class Answer(Answers):
    """答复."""

    result = forms.ChoiceField(label=gettext_lazy("处理结果"), choices=RESULTS)
    department = forms.CharField(
        label=gettext_lazy("有关部门（转出的填写）"), max_length=120, required=False
    )
    words = several(gettext_lazy("答复内容"), length=2000)
    withheld = forms.BooleanField(
        label=gettext_lazy("不予公开"), required=False,
        help_text=gettext_lazy(
            "不勾选的，反馈（不含姓名和联系方式）和答复公开在标准页。含个人信息、商业秘密、广告的，应当勾选。"
        ),
    )  # fmt: skip
    review = forms.CharField(
        label=gettext_lazy("纳入的复审"), required=False, widget=forms.HiddenInput
    )

    def fit(self) -> None:
        """Warn of what looks like spam."""
        if self.case and self.case.said("submit").get("suspect"):
            self.fields["withheld"].initial = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("withheld"):
            said.pop("withheld", None)
        if said.get("result") == "elsewhere" and not said.get("department"):
            self.add_error("department", _("转有关部门的，应当写明转给哪个部门。"))
        if said.get("result") != "elsewhere":
            said.pop("department", None)
        row = self.case.standard if self.case else None
        said["review"] = ""
        if said.get("result") == in_use.TAKEN_UP and row is not None:
            if row.status != STATUS.CURRENT:
                words = _("{number}已不再现行，不能纳入复审，请选择其他处理结果。")
                self.add_error("result", words.format(number=row.shown))
            elif other := in_use.running_review(row):
                said["review"] = other.number
        return said


def take_in(case: Case, entry: Entry) -> None:
    """The case is called as the standard and what kind of feedback it is."""
    row = case.standard
    assert row is not None  # the guard asked
    kind = dict(KINDS)[entry.answers["kind"]]
    case.title = f"{row.shown} {row.title}"[:190] + f"：{kind}"


def seat(case: Case, entry: Entry) -> None:
    """A department is to answer from now on, and is told; whoever was asked before is not."""
    unit = Organization.objects.get(pk=entry.answers["department"])
    if not entrust(case, entry, unit, _("“{title}”请你单位答复。").format(title=case.title)):
        raise Refused(
            _("{unit}在本平台没有经办人，不能转办；请办公室征求其意见后代为答复。").format(
                unit=unit
            )
        )


def reply(case: Case, entry: Entry) -> None:
    """Publish, open a review where it is taken up and none runs, and write to whoever asked."""
    said, row = entry.answers, case.standard
    if not said.get("withheld"):
        case.public_since = entry.day
    if said["result"] == in_use.TAKEN_UP and not said.get("review") and row is not None:
        title = _("{number} {title}（采纳实施反馈）").format(number=row.shown, title=row.title)
        desk.open_case(
            LocalStandardReview, actor=None, day=entry.day, standard=row, origin=case,
            title=title[:200], demonstration=case.demonstration,
        )  # fmt: skip
    asked = case.entries.select_related("personal").order_by("seq")[0]
    person = getattr(asked, "personal", None)
    if person and (address := person.words.get("email")):
        result = dict(RESULTS)[said["result"]]
        letters.write(
            address,
            _("您对{number}的反馈已答复：{result}").format(
                number=row.shown if row else "", result=result
            ),
            _("受理号：{receipt}\n处理结果：{result}\n{words}").format(
                receipt=asked.receipt, result=result, words=said["words"]
            ),
        )


class FeedbackProcedure(Procedure):
    """Law, art. 29(2); Measures for Local Standards, art. 24."""

    key = in_use.FEEDBACK
    name = gettext_lazy("实施反馈")
    mark = "FK"
    law = "local_standard"
    opened_by = anyone
    readers = applicant | officer | auditor | department | public
    stages = (
        Filing(
            key="say", name=gettext_lazy("提出反馈"), code="60", form=Feedback, by=anyone,
            guards=(in_use.IN_FORCE,), effect=take_in, receipt=True, public=True,
        ),
        Work(
            key=in_use.ANSWER, name=gettext_lazy("答复"), code="60", rule="feedback_answer_days",
            form=Answer, by=officer | department, finish=gettext_lazy("答复"), effect=reply,
            public=True,
            more=(
                Action(
                    "pass_on", gettext_lazy("转主管部门"), officer, to=STAY, form=Passing,
                    effect=seat,
                ),
            ),
        ),
    )  # fmt: skip
