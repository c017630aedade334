"""引用处置: a body says what becomes of its documents when a standard that they cite has changed.

One act opens the case, writes the register and closes it, for one document or for many at
once. The duties themselves are lines of the register, made in bulk when the standard
changes (decision 17); no law sets a period, the office's rules do (``law/tables/citing.toml``).
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.parties.models import Post
from rongbiao.stages.kinds import Filing
from rongbiao.stages.people import applicant, auditor, officer
from rongbiao.standards.citing import answering
from rongbiao.standards.models import Duty

MANY = 1000  # duties answered at once
citing_body = replace(applicant, name=_("引用单位"))


class Disposal(Answers):
    """引用处置: which tasks, 改 留 or 废, and why."""

    CHOICES = [*Duty.Answer.choices, (answering.DONE, _("已改"))]

    duties = forms.ModelMultipleChoiceField(label=_("任务"), queryset=Duty.objects.none())
    answer = forms.ChoiceField(label=_("处置"), choices=CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=500, required=False, widget=forms.Textarea)
    until = forms.DateField(label=_("修改完成期限"), required=False)
    edition = forms.CharField(label=_("改引的版本"), max_length=200, required=False)

    def fit(self) -> None:
        """Offer what the body still owes."""
        if self.case is not None:
            field = self.fields["duties"]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = Duty.objects.filter(
                organization=self.case.applicant, closed_on=None
            ).select_related("document", "alert")

    def clean_duties(self) -> list[dict[str, Any]]:
        """Return the tasks as the journal keeps them."""
        chosen = list(self.cleaned_data["duties"])
        if len(chosen) > MANY:
            raise forms.ValidationError(
                gettext("一次至多答复 {n} 件，请分几次办理。").format(n=MANY)
            )
        return [
            {"duty": row.pk, "document": str(row.document), "change": str(row.alert)}
            for row in chosen
        ]


def write(case: Case, entry: Entry) -> None:
    """Write into the register what the body answers."""
    said = entry.answers
    duties = list(
        Duty.objects.filter(pk__in=[one["duty"] for one in said["duties"]]).select_related("alert")
    )
    until = said.get("until")
    answering.answer(
        duties,
        answering.Said(
            said["answer"],
            said.get("reason", ""),
            date.fromisoformat(until) if until else None,
            said.get("edition", ""),
        ),
        basis=case.number,
        day=entry.day,
    )
    changes = list(dict.fromkeys(str(row.alert) for row in duties))
    more = f"等 {len(changes)} 项" if len(changes) > 1 else ""
    case.title = f"引用处置：{changes[0]}{more}（{len(duties)} 份文件）"[:200]


class CitationDuty(Procedure):
    key = "citation_duty"
    name = _("引用处置")
    mark = "YY"
    law = "citing"
    opened_by = citing_body
    readers = citing_body | officer | auditor
    stages = (Filing(key="answer", name=_("答复"), form=Disposal, by=citing_body, effect=write),)


def dispose(
    duties: list[int],
    answer: str,
    *,
    actor: Post,
    day: date,
    reason: str = "",
    until: date | None = None,
    edition: str = "",
    token: str = "",
) -> Case:
    """Answer some duties of the actor's body alike; return the case, closed.

    Refused as ``answering`` refuses, and then nothing has happened; pressing twice with the
    same ``token`` answers once.
    """
    answers = {
        "duties": duties,
        "answer": answer,
        "reason": reason,
        "until": until.isoformat() if until else "",
        "edition": edition,
    }
    return desk.open_case(CitationDuty, actor=actor, day=day, answers=answers, token=token)
