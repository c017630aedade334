"""团体标准复审: whether a group standard still holds, within five years (团体标准管理规定, 复审).

Opened by the clock for the association before the years have run; what it concludes stands
in the register on that day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.law.periods import months_after
from rongbiao.parties import rules
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Work
from rongbiao.stages.people import applicant, auditor, nobody, officer, public
from rongbiao.standards import declaring, edits
from rongbiao.standards.models import Disclosure, Standard

from .local_standard.forms import several

OUTCOMES = [
    ("confirm", gettext_lazy("继续有效")),
    ("revise", gettext_lazy("修订")),
    ("abolish", gettext_lazy("废止")),
]


class Conclusion(Answers):
    """复审结论."""

    outcome = forms.ChoiceField(label=gettext_lazy("复审结论"), choices=OUTCOMES)
    document = forms.CharField(label=gettext_lazy("复审文件的名称和文号"), max_length=120)
    words = several(gettext_lazy("理由"), length=500)


def conclude(case: Case, entry: Entry) -> None:
    """Write what the association concludes; a revision is made as a new standard."""
    row, said, actor = case.standard, entry.answers, entry.actor
    if row is None or actor is None:
        raise Refused(_("本件没有所涉标准，不能作出复审结论。"))
    case.public_since = case.public_since or entry.day
    columns: dict[str, Any] = {"confirmed_on": entry.day}
    if said["outcome"] == "abolish":
        columns = {"withdrawn_on": entry.day, "status": Standard.Status.WITHDRAWN}
        pk = row.disclosure.declaration_id
        declaring.withdraw(pk, said["words"], day=entry.day)
    if said["outcome"] != "revise":
        edits.edit(
            row, edits.Wanted(columns=columns), edits.Basis(said["document"], entry.day, said["words"]),
            version=edits.version_of(row), actor=actor, day=entry.day, may=declaring.ask_declarer,
        )  # fmt: skip


class GroupStandardReview(Procedure):
    key = "group_standard_review"
    name = gettext_lazy("团体标准复审")
    mark = "TF"
    law = "group_standard"
    opened_by = nobody
    readers = applicant | officer | auditor | public
    stages = (
        Work(
            key="conclusion", name=gettext_lazy("复审结论"), code="90", by=applicant,
            rule="review_months", form=Conclusion, finish=gettext_lazy("作出复审结论"), effect=conclude,
        ),
    )  # fmt: skip

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield the declared group standards whose five years end within the months of notice."""
        law = rules.table(cls.law).at(day)
        looked = Case.objects.filter(procedure_key=cls.key)
        held = Disclosure.objects.filter(standard__status=Standard.Status.CURRENT)
        held = held.exclude(standard__in=looked.filter(closed_on=None).values("standard"))
        done = dict(
            looked.exclude(closed_on=None)
            .order_by("closed_on")
            .values_list("standard", "closed_on")
        )
        for one in held.select_related("standard", "association__organization"):
            row = one.standard
            last = max(
                filter(None, (row.confirmed_on or row.issued_on, done.get(row.pk))), default=None
            )
            if last and months_after(last, 12 * law.review_years - law.review_months) <= day:
                yield {
                    "standard": row, "applicant": one.association.organization,
                    "title": str(row)[:200], "demonstration": row.demonstration,
                }  # fmt: skip
