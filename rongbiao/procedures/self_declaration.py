"""自我声明公开: an enterprise declares what it executes (Law, art. 27; Order 83, arts. 12, 14).

Nobody approves: one act makes what it prepared public, and the declarer answers for its truth.
What the precheck found on that day is kept with the act. Only what is below a mandatory
standard is not let through; everything else may be declared, and the page says what follows.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.cases.who import ALL, NONE, Who
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Filing
from rongbiao.stages.people import applicant, auditor, officer
from rongbiao.standards import declaring
from rongbiao.standards.checks import Grade, findings
from rongbiao.standards.models import Declaration, Statement

from .leader_adjustment import follow

MOST = 1000  # items of one act
NAMED = 3  # of those that are refused
declarer = Who(
    gettext_lazy("企业经办人和负责人"),
    lambda actor, case: declaring.declares(actor),
    lambda actor: ALL if declaring.declares(actor) else NONE,
)


class Declaring(Answers):
    """自我声明: what is declared, what is withdrawn, and that it is true."""

    statements = forms.MultipleChoiceField(
        label=gettext_lazy("声明公开的标准"), required=False,
        help_text=gettext_lazy("先在“本企业标准”中填写或者导入，经预检后列在这里。"),
    )  # fmt: skip
    withdrawn = forms.MultipleChoiceField(label=gettext_lazy("废止的标准"), required=False)
    reason = forms.CharField(label=gettext_lazy("废止理由"), max_length=300, required=False)
    true = forms.BooleanField(
        label=gettext_lazy("本企业对声明内容的真实性负责"),
        error_messages={"required": gettext_lazy("请勾选此项后再提交。")},
    )

    def fit(self) -> None:
        self.rows, self.held = {}, {}
        unit = self.case.applicant if self.case else None
        if unit is not None:
            asked = Statement.objects.preparing(unit).select_related("organization", "text")
            self.rows = {str(row.pk): row for row in asked.defer("findings")}
            declared = Declaration.objects.filter(organization=unit, withdrawn_on=None)
            self.held = {str(row.pk): row for row in declared}
        for name, known in (("statements", self.rows), ("withdrawn", self.held)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(key, str(row)) for key, row in known.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors or self.case is None:
            return said
        chosen = [self.rows[key] for key in said["statements"]]
        if not chosen and not said["withdrawn"]:
            raise forms.ValidationError(_("请选择要声明公开或者废止的标准。"))
        if len(chosen) > MOST:
            raise forms.ValidationError(
                _("一次最多声明 {most} 项，现有 {n} 项，请分批声明。").format(
                    most=MOST, n=len(chosen)
                )
            )
        if said["withdrawn"] and not said["reason"].strip():
            raise forms.ValidationError(_("废止已公开的标准，应当写明理由。"))
        try:  # since it was prepared another may have declared the number
            declaring.refuse_taken(chosen)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        said["declared"] = told(chosen, self.case.opened_on or timezone.localdate())
        return said


def told(rows: list[Statement], day: date) -> list[dict[str, Any]]:
    """Return what is declared, with its digest and what was found; refuse what may not be."""
    found = findings(rows, day)
    barred = [
        f"{row.number}{one.place}：{one.words}"
        for row, ones in zip(rows, found, strict=True)
        for one in ones
        if one.grade == Grade.BAR
    ]
    if barred:
        raise forms.ValidationError(
            _("有 {n} 处低于强制性标准，不能声明（《标准化法》第二十一条）。{first}").format(
                n=len(barred), first="；".join(barred[:NAMED])
            )
        )
    return [
        {
            "statement": row.pk,
            "number": row.number,
            "title": row.title,
            "sha256": row.digest(),
            "findings": [one.plain() for one in ones],
        }
        for row, ones in zip(rows, found, strict=True)
    ]


def publish(case: Case, entry: Entry) -> None:
    """Write the register: what is declared is public from this day, what is withdrawn ends."""
    said = entry.answers
    declared = [
        declaring.publish(one["statement"], one["findings"], basis=case.number, day=entry.day)
        for one in said.get("declared", ())
    ]
    withdrawn = [
        declaring.withdraw(int(pk), said["reason"], day=entry.day)
        for pk in said.get("withdrawn", ())
    ]
    touched = [one.pk for one in (*declared, *withdrawn)]
    replaced = Declaration.objects.filter(replaced_by__in=[one.pk for one in declared])
    follow([*touched, *replaced.values_list("pk", flat=True)], entry.day)
    first = str((declared or withdrawn)[0])
    n = len(declared) + len(withdrawn)
    case.title = (first if n == 1 else _("{first}等 {n} 项").format(first=first, n=n))[:200]


class SelfDeclaration(Procedure):
    """Law, arts. 20, 21, 27; Order 83, arts. 12 and 14."""

    key = "self_declaration"
    name = gettext_lazy("企业标准自我声明公开")
    mark = "SM"
    law = "self_declaration"
    begun_at = "declaring"
    opened_by = declarer
    readers = applicant | officer | auditor
    stages = (
        Filing(
            key="declare",
            name=gettext_lazy("声明公开"),
            form=Declaring,
            by=applicant,
            effect=publish,
        ),
    )
