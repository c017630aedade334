"""地方标准复审: is the standard still needed, to be revised, or to go (Law art. 29; Order 26 arts. 24–25).

Opened by the clock before five years have run, or by an officer at once when a law, a
related standard or the technique has changed.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure, Refused
from rongbiao.cases.stages import Consultation, Decision, Work
from rongbiao.cases.who import auditor, officer, public
from rongbiao.law import table
from rongbiao.standards import edits
from rongbiao.standards.models import Standard

AHEAD = timedelta(days=183)  # proposals are gathered in the half year before the end
TRIGGERS = [
    ("period", _("复审周期将满")),
    ("law", _("法律、法规或者政策调整")),
    ("related", _("相关标准发生变化")),
    ("technique", _("关键技术、适用条件发生变化")),
    ("other", _("其他")),
]
OUTCOMES = [("confirm", _("继续有效")), ("revise", _("修订")), ("abolish", _("废止"))]


class Material(Answers):
    """复审建议."""

    trigger = forms.ChoiceField(label=_("复审原因"), choices=TRIGGERS)
    effect = forms.CharField(label=_("实施情况"), max_length=4000, widget=forms.Textarea)
    need = forms.CharField(label=_("为什么仍然需要"), max_length=4000, widget=forms.Textarea)
    advice = forms.ChoiceField(label=_("复审建议"), choices=OUTCOMES)


class Conclusion(Answers):
    """复审结论."""

    number = forms.CharField(label=_("公告文号"), max_length=60)
    outcome = forms.ChoiceField(label=_("复审结论"), choices=OUTCOMES)
    transfer = forms.CharField(label=_("废止后转化为"), max_length=120, required=False)
    words = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea)


def conclude(case: Case, entry: Entry) -> None:
    """The conclusion stands in the register: confirmed on a day, or withdrawn from a day."""
    if case.standard is None or entry.actor is None:
        raise Refused(str(_("本件没有所涉标准，不能作出复审结论。")))
    said, row = entry.answers, case.standard
    columns: dict[str, Any] = {"confirmed_on": entry.day}
    if said["outcome"] == "abolish":
        columns = {"withdrawn_on": entry.day, "status": Standard.Status.WITHDRAWN}
    if said["outcome"] == "revise":
        return  # the project that revises it is applied for by the proposing department
    basis = edits.Basis(said["number"], entry.day, said["words"])
    wanted = edits.Wanted(columns=columns)
    edits.edit(row, wanted, basis, version=edits.version_of(row), actor=entry.actor, day=entry.day)


class LocalStandardReview(Procedure):
    key = "local_standard_review"
    name = _("地方标准复审")
    mark = "FS"
    law = "local_standard"
    opened_by = officer
    readers = officer | auditor | public
    stages = (
        Work(
            key="proposal",
            name=_("复审建议"),
            code="90",
            form=Material,
            by=officer,
            finish=_("提出建议"),
        ),
        Consultation(key="consultation", name=_("征求意见"), code="90", rule="consultation_days"),
        Decision(
            key="decision",
            name=_("复审结论"),
            code="90",
            back="proposal",
            form=Conclusion,
            effect=conclude,
            approve=_("作出结论"),
        ),
    )

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield the city's standards whose five years end within half a year."""
        years = table(cls.law).at(day).review_years
        soon = day + AHEAD
        held = Standard.objects.filter(
            level=Standard.Level.MUNICIPAL, status=Standard.Status.CURRENT
        )
        running = Case.objects.filter(procedure_key=cls.key, closed_on=None).values("standard")
        for row in held.exclude(pk__in=running):
            last = row.confirmed_on or row.issued_on
            if last and last.replace(year=last.year + years, day=min(last.day, 28)) <= soon:
                yield {"standard": row, "title": f"{row.shown} {row.title}"[:200]}
