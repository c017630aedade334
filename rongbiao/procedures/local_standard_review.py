"""地方标准复审: is the standard still needed, to be revised, or to go (Law art. 29; Order 26 arts. 24–25).

Opened by the clock before its five years have run, and at once when the register shows that
a standard it cites was replaced or abolished; by an officer when a law or the technique has
changed. What it concludes is announced and stands in the register; an abolition is filed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, Action, Answers, Procedure
from rongbiao.law.periods import months_after
from rongbiao.parties import rules, units
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Consultation, Decision, Work
from rongbiao.stages.people import auditor, officer, public
from rongbiao.standards import edits
from rongbiao.standards.models import Relation, Standard

from . import in_use
from .local_standard import LocalStandard
from .local_standard.effects import hand_on
from .local_standard.filing import FOLLOWED, SENT
from .local_standard.forms import ROUTES, Filed, several

TRIGGERS = [
    ("period", _("复审周期将满")),
    ("law", _("法律、法规或者政策调整")),
    ("related", _("相关标准发生变化")),
    ("technique", _("关键技术、适用条件发生变化")),
    ("other", _("其他")),
]
OUTCOMES = [("confirm", _("继续有效")), ("revise", _("修订")), ("abolish", _("废止"))]
GONE = (Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN)


class Material(Answers):
    """复审建议."""

    trigger = forms.ChoiceField(label=_("复审原因"), choices=TRIGGERS)
    effect = several(_("实施情况"))
    need = several(_("为什么仍然需要，或者为什么不再需要"))
    advice = forms.ChoiceField(label=_("复审建议"), choices=OUTCOMES)

    @cached_property
    def facts(self) -> list[tuple[Any, str]]:
        """How the standard is carried out, counted where a page shows it."""
        return in_use.facts(self.case.standard if self.case else None)

    def fit(self) -> None:
        """Begin with why the review was asked for."""
        if self.case and (asked := self.case.origin):
            self.fields["trigger"].initial = asked.said("review").get("trigger", "other")


class Conclusion(Answers):
    """复审结论."""

    number = forms.CharField(label=_("公告文号"), max_length=60)
    words = several(_("理由"), length=2000)


class Abolition(Conclusion):
    """废止公告."""

    TRANSFERS = [("none", _("不转化")), *ROUTES[:-1]]

    transfer = forms.ChoiceField(label=_("废止后转化"), choices=TRANSFERS, initial="none")
    instead = forms.CharField(
        label=_("废止后执行的标准"), max_length=120, required=False,
        help_text=_("例如国家标准已覆盖其内容的，写明国家标准的编号。"),
    )  # fmt: skip


def _write(case: Case, entry: Entry, columns: dict[str, Any]) -> None:
    if case.standard is None or entry.actor is None:
        raise Refused(str(_("本件没有所涉标准，不能作出复审结论。")))
    basis = edits.Basis(entry.answers["number"], entry.day, entry.answers["words"])
    row = case.standard
    version = edits.version_of(row)
    wanted = edits.Wanted(columns=columns)
    edits.edit(row, wanted, basis, version=version, actor=entry.actor, day=entry.day)


def ask_everybody(case: Case, entry: Entry) -> None:
    """What is proposed is put before the public."""
    case.public_since = case.public_since or entry.day


def confirm(case: Case, entry: Entry) -> None:
    """The standard goes on; its next review counts from this day."""
    _write(case, entry, {"confirmed_on": entry.day})


def abolish(case: Case, entry: Entry) -> None:
    """The standard is no longer in force from this day."""
    _write(case, entry, {"withdrawn_on": entry.day, "status": Standard.Status.WITHDRAWN})
    unit = units.named(case.standard.proposer) if case.standard else None
    hand_on(case, entry, entry.answers["transfer"], unit)


def revise(case: Case, entry: Entry) -> None:
    """A project is opened for the department that proposed the standard."""
    row = case.standard
    unit = Organization.objects.filter(name=row.proposer).first() if row else None
    if row is None or unit is None:
        raise Refused(str(_("提出单位不在本市单位名录中，请先更正标准的提出单位。")))
    title = f"{row.title}（修订）"
    desk.open_case(
        LocalStandard,
        actor=None,
        day=entry.day,
        applicant=unit,
        standard=row,
        origin=case,
        title=title,
        demonstration=case.demonstration,
    )


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
            effect=ask_everybody,
            documents=(_("复审表"),),
        ),
        Consultation(
            key="consultation",
            name=_("征求意见"),
            code="90",
            rule="consultation_days",
            alone="close",
        ),
        Decision(
            key="decision",
            name=_("复审结论"),
            code="90",
            back="proposal",
            to=CLOSED,
            form=Conclusion,
            effect=confirm,
            approve=_("继续有效"),
            more=(
                Action("revise", _("修订"), officer, to=CLOSED, form=Conclusion, effect=revise),
                Action("abolish", _("废止"), officer, form=Abolition, effect=abolish, public=True),
            ),
            documents=(_("复审结论公告"), _("废止公告")),
        ),
        Work(
            key="filing",
            name=_("废止备案"),
            code="95",
            rule="filing_days",
            since="abolish",
            form=Filed,
            by=officer,
            finish=_("备案完成"),
            guards=(SENT,),
            more=FOLLOWED,
            documents=(_("废止公告"), _("废止备案信息表")),
        ),
    )

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield the city's standards that must be reviewed, each once."""
        held = Standard.objects.own().filter(status=Standard.Status.CURRENT)
        running = Case.objects.filter(procedure_key=cls.key, closed_on=None)
        held = held.exclude(pk__in=running.values("standard"))
        yield from _soon(held, day)
        yield from _shaken(held, day)


def _soon(held: Any, day: date) -> Iterator[dict[str, Any]]:
    """Yield those whose years end within the months in which proposals are gathered."""
    law = rules.table(LocalStandardReview.law).at(day)
    for row in held:
        last = row.confirmed_on or row.issued_on
        if last is None:
            continue
        if months_after(last, 12 * law.review_years - law.review_notice_months) <= day:
            title = f"{row.shown} {row.title}"
            yield {"standard": row, "title": title[:200], "demonstration": row.demonstration}


def _shaken(held: Any, day: date) -> Iterator[dict[str, Any]]:
    """Yield those that cite an edition which has gone since they were last looked at."""
    rows = {row.key: row for row in held}
    cited = Relation.objects.filter(kind=Relation.Kind.CITES, subject_key__in=rows, dated=True)
    ends: dict[str, list[str]] = {}
    for subject, end in cited.values_list("subject_key", "object_key"):
        ends.setdefault(end, []).append(subject)
    gone = Standard.objects.filter(key__in=ends, status__in=GONE, withdrawn_on__lte=day)
    looked = dict(
        Case.objects.filter(procedure_key=LocalStandardReview.key, standard__in=rows.values())
        .order_by("opened_on")
        .values_list("standard", "opened_on")
    )
    done = set()
    for other in gone:
        for key in ends[other.key]:
            row = rows[key]
            since = max(filter(None, (row.issued_on, looked.get(row.pk))), default=None)
            if key in done or (since and other.withdrawn_on and other.withdrawn_on < since):
                continue
            done.add(key)
            title = f"{row.shown} {row.title}（引用的{other.shown}已变化）"
            yield {"standard": row, "title": title[:200], "demonstration": row.demonstration}
