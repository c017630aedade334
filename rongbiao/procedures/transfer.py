"""标准转移: what may not be, or no longer is, a local standard is followed until it has a place.

Measures for Local Standards (Order 26) art. 25 and the reform of 2025: what the market or a
higher level should make is handed to them. The department that asked for it, or proposed the
abolished standard, follows; in the end the register holds what came of what.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers, Procedure
from rongbiao.stages.kinds import Work
from rongbiao.stages.people import applicant, auditor, nobody, officer
from rongbiao.standards import converting
from rongbiao.standards.models import Standard

from .conversion import number_in
from .local_standard.forms import ROUTES, Reason, several

LEVELS = {
    "group": {Standard.Level.GROUP},
    "provincial": {Standard.Level.PROVINCIAL},
    "national": {Standard.Level.NATIONAL, Standard.Level.SECTOR},
}


def target_of(case: Case | None) -> str:
    """Return to whom it was handed: said at the gate, or with the abolition."""
    if case is None or case.origin is None:
        return ""
    said = case.origin.said("route", "abolish")
    return str(said.get("route") or said.get("transfer") or "")


class Step(Answers):
    """办理进展."""

    body = forms.CharField(label=gettext_lazy("对接的单位（团体、部门）"), max_length=120)
    words = several(gettext_lazy("进展"), length=2000)


class Result(Answers):
    """转移结果."""

    number = forms.CharField(label=gettext_lazy("转化后的标准编号"), max_length=80)
    document = forms.CharField(label=gettext_lazy("发布文件的名称和文号"), max_length=120)

    def fit(self) -> None:
        if target := dict(ROUTES).get(target_of(self.case)):
            self.fields["number"].help_text = _("去向：{target}。").format(target=target)

    def clean_number(self) -> str:
        number = number_in(self.cleaned_data["number"])
        target = target_of(self.case)
        if target and number.level not in LEVELS[target]:
            words = _("本件{target}，{number} 不是。")
            raise forms.ValidationError(
                words.format(target=dict(ROUTES)[target], number=number.display)
            )
        if number.year is None:
            raise forms.ValidationError(_("转化后的标准编号应写明年份。"))
        return str(number.bare)


def relate(case: Case, entry: Entry) -> None:
    """Where there was a standard before, the register holds what came of it."""
    said: dict[str, Any] = entry.answers
    if case.standard:
        converting.relate(
            said["number"], case.standard.number, said["document"], day=entry.day,
            demonstration=case.demonstration,
        )  # fmt: skip


class Transfer(Procedure):
    key = "transfer"
    name = gettext_lazy("标准转移")
    mark = "ZY"
    law = "local_standard"
    opened_by = nobody
    readers = applicant | officer | auditor
    stages = (
        Work(
            key="following",
            name=gettext_lazy("跟踪转移"),
            by=applicant | officer,
            form=Result,
            effect=relate,
            finish=gettext_lazy("登记转移结果"),
            more=(
                Action(
                    "step", gettext_lazy("登记进展"), applicant | officer, to=STAY, form=Step
                ),
                Action("stop", gettext_lazy("不再转移"), officer, to=CLOSED, form=Reason),
            ),
        ),
    )  # fmt: skip
