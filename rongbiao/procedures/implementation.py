"""标准实施: who proposed it organizes, who manages it publicizes, and the office assesses.

Standardization Law, art. 29(2) (a mechanism of feedback and assessment); Measures for Local
Standards, art. 23; the reform of 2025 (谁提出谁组织实施、谁归口谁宣贯推广、谁引用谁负责). No rule
was found that sets a term for the report: the table names the platform's own, unverified.

Opened by the clock when a standard that was made here is implemented, once per edition; by an
officer for an older one. What is recorded is public; the report is assessed with the
feedback that came in and the documents that cite the edition.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers, Guard, Procedure
from rongbiao.cases.who import seated
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Words
from rongbiao.stages.kinds import Work
from rongbiao.stages.people import applicant, auditor, drafter, officer, public
from rongbiao.stages.reading import unseen
from rongbiao.standards import edits

from . import in_use
from .local_standard.forms import several
from .local_standard_review import OUTCOMES, TRIGGERS, LocalStandardReview

organizer = replace(applicant, name=gettext_lazy("提出单位"))
publicizer = seated(gettext_lazy("宣贯推广单位"), "publicizer", here=False)
recorder = organizer | publicizer | drafter | officer
OPEN_FILE = gettext_lazy("随记录公开，请不要放商业秘密；单个不超过 20 MB。")


class Arrangement(Answers):
    """实施安排: who organizes it and how, who publicizes it."""

    organizes = several(gettext_lazy("组织实施的安排（谁提出、谁组织实施）"), length=2000)
    publicizes = forms.CharField(
        label=gettext_lazy("宣贯推广单位（谁归口、谁宣贯推广）"), max_length=120
    )
    file = forms.FileField(label=gettext_lazy("实施方案"), required=False, help_text=OPEN_FILE)

    def fit(self) -> None:
        """Begin with what was said when the standard was audited and announced."""
        if self.case is None or self.case.standard is None:
            return
        made, row = self.case.origin, self.case.standard
        said = made.said("accept") if made else {}
        self.fields["organizes"].initial = said.get("organizes", "")
        told = made.said("approve") if made else {}
        self.fields["publicizes"].initial = told.get("publicizes") or row.owner


class Publicity(Answers):
    """宣贯记录."""

    KINDS = [
        ("training", gettext_lazy("培训、宣讲")),
        ("publication", gettext_lazy("宣传材料、媒体报道")),
        ("guidance", gettext_lazy("现场指导")),
        ("other", gettext_lazy("其他")),
    ]
    held_on = forms.DateField(label=gettext_lazy("日期"))
    kind = forms.ChoiceField(label=gettext_lazy("形式"), choices=KINDS)
    units = forms.IntegerField(
        label=gettext_lazy("参加单位（家）"), required=False, min_value=0, max_value=100_000
    )
    people = forms.IntegerField(
        label=gettext_lazy("参加人数"), required=False, min_value=0, max_value=1_000_000
    )
    words = several(gettext_lazy("内容"), length=2000)
    file = forms.FileField(label=gettext_lazy("材料"), required=False, help_text=OPEN_FILE)


class Use(Answers):
    """使用单位登记."""

    unit = forms.CharField(label=gettext_lazy("使用单位名称"), max_length=120)
    since = forms.DateField(label=gettext_lazy("开始使用日期"))
    proof = several(
        gettext_lazy("怎样使用、有什么证明（制度文件、合同、检验报告等的名称和编号）"), length=1000
    )
    file = forms.FileField(label=gettext_lazy("证明材料"), required=False, help_text=OPEN_FILE)

    def clean_unit(self) -> str:
        return " ".join(str(self.cleaned_data["unit"]).split())


class Report(Answers):
    """实施情况报告."""

    done = several(gettext_lazy("组织实施和宣贯情况"))
    users = forms.IntegerField(
        label=gettext_lazy("使用标准的单位（家，含未登记的）"), min_value=0, max_value=1_000_000
    )
    effect = several(gettext_lazy("实施效果"))
    problems = several(gettext_lazy("存在的问题"), required=False)
    advice = forms.ChoiceField(label=gettext_lazy("建议"), choices=OUTCOMES)
    file = forms.FileField(label=gettext_lazy("报告文本"), required=False, help_text=OPEN_FILE)


class Assessment(Answers):
    """实施评估: on what it rests is counted on the day and kept with it."""

    words = several(gettext_lazy("评估意见"), length=2000)
    counted = forms.CharField(
        label=gettext_lazy("评估时登记的情况"), required=False, widget=forms.HiddenInput
    )

    @cached_property
    def facts(self) -> list[tuple[Any, str]]:
        """The report, and what is counted of the standard where a page shows it."""
        if self.case is None or self.case.standard is None:
            return []
        said = self.case.said("submit")
        fields = Report(case=self.case).fields
        told = {**said, "advice": str(dict(OUTCOMES).get(said.get("advice", ""), ""))}
        names = ("done", "users", "effect", "problems", "advice")
        report = [(fields[name].label, str(told[name])) for name in names if told.get(name)]
        return [*report, *in_use.facts(self.case.standard)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {**said, "counted": in_use.in_words(self.case.standard if self.case else None)}


class Proposing(Assessment):
    """提请复审: also why."""

    trigger = forms.ChoiceField(
        label=gettext_lazy("复审原因"), widget=forms.RadioSelect,
        choices=[one for one in TRIGGERS if one[0] != "period"],
    )  # fmt: skip


def _ask_once(case: Case, day: date) -> None:
    others = Case.objects.filter(procedure_key=case.procedure_key, standard=case.standard)
    if other := others.exclude(pk=case.pk).order_by("pk").first():
        raise Refused(
            _("{number}的实施情况已在{case}登记，一项标准只登记一件，请在该件中补充。").format(
                number=case.standard.shown if case.standard else "", case=other.number
            )
        )


def _ask_gone(case: Case, day: date) -> None:
    if in_use.in_force(case.standard, day):
        raise Refused(_("该标准现行有效，实施情况不能终止登记；应当提交报告并经评估办结。"))


ONCE = Guard(name=gettext_lazy("该标准尚未登记实施"), test=_ask_once)
GONE = Guard(name=gettext_lazy("该标准已不再有效"), test=_ask_gone)
END = Action("end", gettext_lazy("终止登记"), officer, to=CLOSED, form=Words, guards=(GONE,))


def begin(case: Case, entry: Entry) -> None:
    """The case is the proposing department's and public; who publicizes and drafted is seated."""
    row = case.standard
    assert row is not None  # the guard asked
    named = entry.answers["publicizes"].strip()
    drafters = edits.drafters_of(row)
    units = edits.units_named([row.proposer, named, *drafters])
    case.applicant = units.get(row.proposer)
    case.public_since = case.public_since or entry.day
    case.title = f"{row.shown} {row.title}"[:200]
    wanted = [("publicizer", named), *(("drafter", name) for name in drafters)]
    seats = {
        (what, units[name].pk): place for place, (what, name) in enumerate(wanted) if name in units
    }
    Seat.objects.bulk_create(
        Seat(
            case=case, stage="carry", capacity=what, organization_id=unit, place=place,
            invited_on=entry.day, demonstration=case.demonstration,
        )
        for (what, unit), place in seats.items()
    )  # fmt: skip


def _ask_past(entry: Entry, name: str, label: Any) -> None:
    """Refuse a record of a day that has not come; what is planned is no record."""
    day = date.fromisoformat(entry.answers[name])
    if day > entry.day:
        words = _("{label}（{day}）晚于登记当天（{today}），只登记已经做了的事。")
        raise Refused(words.format(label=label, day=day, today=entry.day))


def publicized(case: Case, entry: Entry) -> None:
    """A record speaks of what was done."""
    _ask_past(entry, "held_on", Publicity.base_fields["held_on"].label)


def used(case: Case, entry: Entry) -> None:
    """A unit is recorded once."""
    _ask_past(entry, "since", Use.base_fields["since"].label)
    unit = entry.answers["unit"]
    before = case.entries.filter(action_key=in_use.USED, answers__unit=unit)
    if other := before.exclude(pk=entry.pk).exclude(unseen()).first():
        raise Refused(
            _("“{unit}”已于 {day} 登记为使用单位（第 {n} 号），不必重复登记。").format(
                unit=unit, day=other.day, n=other.seq
            )
        )


def ask_review(case: Case, entry: Entry) -> None:
    """A review of the edition is opened, whose origin is this case."""
    row = case.standard
    assert row is not None  # in force, as the guard asked
    desk.open_case(
        LocalStandardReview, actor=None, day=entry.day, standard=row, origin=case,
        title=_("{number} {title}（实施评估提请复审）").format(number=row.shown, title=row.title)[:200],
        demonstration=case.demonstration,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Carrying(Work):
    """实施安排、宣贯实施: the report is due so long after the opening, also after a return."""

    def begins(self, case: Case) -> date:
        return case.opened_on


class Implementation(Procedure):
    """Law, art. 29(2); Measures for Local Standards, art. 23; the reform of 2025."""

    key = in_use.IMPLEMENTATION
    name = gettext_lazy("标准实施")
    mark = "SS"
    law = "local_standard"
    opened_by = officer
    readers = organizer | publicizer | drafter | officer | auditor | public
    stages = (
        Carrying(
            key="arrange", name=gettext_lazy("实施安排"), code="60",
            rule="implementation_report_months", form=Arrangement,
            by=organizer | officer, finish=gettext_lazy("确定实施安排"), effect=begin, public=True,
            guards=(in_use.IN_FORCE, ONCE), more=(END,),
        ),
        Carrying(
            key="carry", name=gettext_lazy("宣贯实施"), code="60",
            rule="implementation_report_months", form=Report, by=organizer | officer,
            finish=gettext_lazy("提交报告"), public=True,
            more=(
                Action(
                    in_use.PUBLICIZED, gettext_lazy("登记宣贯记录"), recorder, to=STAY,
                    form=Publicity, effect=publicized, public=True,
                ),
                Action(
                    in_use.USED, gettext_lazy("登记使用单位"), recorder, to=STAY, form=Use,
                    effect=used, public=True,
                ),
                Action("hide", gettext_lazy("不予公开"), officer, to=STAY, form=Words, about=in_use.USED),
                Action("release", gettext_lazy("予以公开"), officer, to=STAY, about=in_use.USED),
                END,
            ),
        ),
        Work(
            key="assess", name=gettext_lazy("实施评估"), code="90", form=Assessment, by=officer,
            finish=gettext_lazy("继续实施"), guards=(in_use.IN_FORCE,), public=True,
            more=(
                Action(
                    "review", gettext_lazy("提请复审"), officer, to=CLOSED, form=Proposing,
                    guards=(in_use.IN_FORCE, in_use.NO_REVIEW), effect=ask_review, public=True,
                ),
                Action("return", gettext_lazy("退回补充"), officer, to="carry", form=Words),
                END,
            ),
        ),
    )  # fmt: skip

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield the standards made here that are implemented by a day and not recorded yet."""
        recorded = Case.objects.filter(procedure_key=cls.key).exclude(standard=None)
        held = in_use.begun(day).exclude(pk__in=recorded.values("standard"))
        made = Case.objects.filter(
            procedure_key="local_standard", standard__in=held,
            entries__stage_key="approval", entries__action_key="approve",
        )  # fmt: skip
        projects = {case.standard_id: case for case in made.select_related("standard")}
        names = [case.standard.proposer for case in projects.values() if case.standard]
        units: dict[str, Organization] = edits.units_named(names) if names else {}
        for case in projects.values():
            row = case.standard
            assert row is not None
            yield {
                "standard": row,
                "origin": case,
                "applicant": units.get(row.proposer),
                "title": f"{row.shown} {row.title}"[:200],
                "demonstration": case.demonstration,
            }
