"""团体标准培优: a year's criteria are published; associations apply; scores, a public list, two years.

Two matters: the office publishes the criteria of a year, which then never change; each
application is scored by exactly these, with a reason for every score, by one officer and
decided by another.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards.fostering import digest_of, weighed
from rongbiao.awards.models import Criterion, Fostering, Recognition
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Guard, Procedure
from rongbiao.cases.who import ALL, NONE, Who
from rongbiao.law.periods import months_after
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Decision, Filing, Notice, Work
from rongbiao.stages.people import applicant, auditor, officer, public
from rongbiao.standards import societies
from rongbiao.standards.models import Standard

from .group_standard.people import society
from .local_standard.forms import several

WHOLE, MOST, PARTS = 100, 20, 3


class Terms(Answers):
    """评审条件: what is asked, how much it weighs, when one may apply."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=150)
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2100)
    document = forms.CharField(label=gettext_lazy("公布文件的名称和文号"), max_length=120)
    opens_on = forms.DateField(label=gettext_lazy("申报开始"))
    closes_on = forms.DateField(label=gettext_lazy("申报截止"))
    criteria = several(gettext_lazy("评审条件（每行一项：条件｜权重｜评分说明，权重合计 100）"))
    least = forms.DecimalField(
        label=gettext_lazy("入选最低分"), min_value=0, max_value=100, decimal_places=2
    )
    places = forms.IntegerField(label=gettext_lazy("入选名额"), min_value=1, max_value=1000)

    def clean_criteria(self) -> list[dict[str, Any]]:
        rows = [
            criterion(line) for line in self.cleaned_data["criteria"].splitlines() if line.strip()
        ]
        if len(rows) > MOST:
            words = _("评审条件最多 {most} 项，现有 {n} 项。")
            raise forms.ValidationError(words.format(most=MOST, n=len(rows)))
        if (total := sum(row["weight"] for row in rows)) != WHOLE:
            words = _("各项权重合计应为 100，现在合计 {total}，请调整后再公布。")
            raise forms.ValidationError(words.format(total=total))
        return rows

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        held = Fostering.objects.filter(year=said["year"]).first()
        if held:
            raise forms.ValidationError(
                _("{year}年度的培优条件已于{day}公布（{basis}），公布后不得修改，也不能另行公布。").format(
                    year=held.year, day=held.basis_on, basis=held.basis
                )
            )  # fmt: skip
        today = self.case.stage_since if self.case else said["opens_on"]
        if said["opens_on"] < today:
            raise forms.ValidationError(
                _("申报开始日期{day}早于公布日期{today}；条件应当在申报开始前公布。").format(
                    day=said["opens_on"], today=today
                )
            )
        if said["closes_on"] < said["opens_on"]:
            raise forms.ValidationError(_("申报截止日期不能早于申报开始日期。"))
        return said


def criterion(line: str) -> dict[str, Any]:
    """Read one line of criteria: name｜weight｜words.

    >>> criterion("先进性｜40｜与国内外标准相比")
    {'name': '先进性', 'weight': 40, 'words': '与国内外标准相比'}
    """
    parts = [one.strip() for one in line.replace("|", "｜").split("｜")]
    weight = parts[1].removesuffix("%") if len(parts) > 1 else ""
    if len(parts) > PARTS or not parts[0] or not (weight.isascii() and weight.isdigit()):
        words = _(
            "“{line}”不是“条件｜权重｜评分说明”，权重写整数，如“先进性｜30｜与国内外标准相比”。"
        )
        raise forms.ValidationError(words.format(line=line.strip()[:40]))
    if not 0 < int(weight) <= WHOLE:
        raise forms.ValidationError(_("权重应在 1 至 100 之间：{line}").format(line=line[:40]))
    told = "".join(parts[2:])
    return {"name": parts[0][:100], "weight": int(weight), "words": told[:500]}


def publish(case: Case, entry: Entry) -> None:
    """Write the year and its criteria; nothing changes them afterwards."""
    said = entry.answers
    names = ("title", "year", "opens_on", "closes_on", "least", "places")
    terms = {name: said[name] for name in names}
    terms["least"] = Decimal(said["least"]).quantize(Decimal("0.01"))  # as the row will say it
    year = Fostering.objects.create(
        **terms, digest=digest_of(said["criteria"], *terms.values()), basis=said["document"],
        basis_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip
    Criterion.objects.bulk_create(
        Criterion(fostering=year, place=place, demonstration=case.demonstration, **row)
        for place, row in enumerate(said["criteria"], start=1)
    )
    case.public_since, case.title = entry.day, said["title"]


class FosteringCriteria(Procedure):
    """No rule of the province or the city was found: the house's own (``law/tables/fostering``)."""

    key = "fostering_criteria"
    name = gettext_lazy("团体标准培优条件公布")
    mark = "PT"
    law = "fostering"
    opened_by = officer
    readers = officer | auditor | public
    stages = (
        Filing(
            key="criteria", name=gettext_lazy("公布评审条件"), form=Terms, by=officer, effect=publish
        ),
    )  # fmt: skip


class Applying(Answers):
    """培优申报: with which group standard, and what it has done."""

    year = forms.ChoiceField(label=gettext_lazy("培优年度"))
    effect = several(gettext_lazy("实施效果（采用单位、覆盖范围、经济社会效益）"))
    material = forms.FileField(label=gettext_lazy("佐证材料"), required=False)

    def fit(self) -> None:
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.year), one.title) for one in Fostering.objects.all()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        case = self.case
        if self.errors or case is None:
            return said
        year, today = Fostering.objects.get(year=said["year"]), case.stage_since
        if not year.open_on(today):
            raise forms.ValidationError(
                _("“{year}”的申报期是{first}至{last}，今天是{day}，不能申报。").format(
                    year=year, first=year.opens_on, last=year.closes_on, day=today
                )
            )
        own = societies.association_of(case.applicant)
        row = case.standard
        if own is None or row is None or not societies.standards_of(own).filter(pk=row.pk).exists():
            raise forms.ValidationError(
                _("只能以本团体发布的团体标准申报；“{row}”不是以本团体代号编号的。").format(
                    row=row.shown if row else "—"
                )
            )
        if not Standard.objects.in_force(today).filter(pk=row.pk).exists():
            words = _("{number} 在{day}不是现行标准（尚未实施或者已经废止），现行的才能申报。")
            raise forms.ValidationError(words.format(number=row.shown, day=today))
        others = Case.objects.filter(procedure_key=FosteringPlan.key, standard=row)
        same = others.exclude(pk=case.pk).filter(entries__answers__year=said["year"])
        if other := same.first():
            words = _("{number} 已申报“{year}”（{case}），不能重复申报。")
            raise forms.ValidationError(
                words.format(number=row.shown, year=year, case=other.number)
            )
        return said


def year_of(case: Case) -> Fostering:
    """Return the year for which a case applies."""
    filed = case.entries.filter(stage_key="application", action_key="submit").last()
    if filed is None:
        raise Refused(_("本件还没有提交申报。"))
    return Fostering.objects.get(year=filed.answers["year"])


class Scores(Answers):
    """评分: every criterion from 0 to 100, each with its reason; the total follows from the weights."""

    def fit(self) -> None:
        rows = year_of(self.case).criteria.all() if self.case else Criterion.objects.none()
        self.criteria = list(rows)
        for row in self.criteria:
            label = _("{name}（权重 {weight}%）").format(name=row.name, weight=row.weight)
            self.fields[f"score_{row.place}"] = forms.DecimalField(
                label=label, min_value=0, max_value=100, decimal_places=1, help_text=row.words
            )
            self.fields[f"reason_{row.place}"] = forms.CharField(
                label=_("“{name}”的评分理由").format(name=row.name), max_length=1000,
                widget=forms.Textarea,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and self.criteria:
            scores = [(row.weight, Decimal(said[f"score_{row.place}"])) for row in self.criteria]
            said["total"] = str(weighed(scores))
        return said


def show(case: Case, entry: Entry) -> None:
    """What was scored is before the public."""
    case.public_since = case.public_since or entry.day


def total_of(case: Case) -> Decimal:
    """Return the last total of a case."""
    scored = case.entries.filter(stage_key="scoring", action_key="submit").last()
    return Decimal(scored.answers["total"]) if scored else Decimal(0)


def _enough(case: Case, day: date) -> None:
    year, total = year_of(case), total_of(case)
    if total < year.least:
        words = _("总分 {total}，低于“{year}”公布的入选最低分 {least}，不能入选。")
        raise Refused(words.format(total=total, year=year, least=year.least))


def _room(case: Case, day: date) -> None:
    year = year_of(case)
    chosen = Case.objects.filter(
        procedure_key=case.procedure_key, entries__action_key="approve",
        entries__stage_key="decision", entries__case__entries__answers__year=str(year.year),
    ).distinct().count()  # fmt: skip
    if chosen >= year.places:
        words = _("“{year}”公布的名额是 {n} 个，已经选满，不能再入选。")
        raise Refused(words.format(year=year, n=year.places))


class Chosen(Answers):
    """入选."""

    document = forms.CharField(label=gettext_lazy("公布文件的名称和文号"), max_length=120)
    words = several(gettext_lazy("培育安排"), required=False, length=2000)


def choose(case: Case, entry: Entry) -> None:
    """Write the recognition: it runs for the years in which the standard is followed."""
    if case.standard is None or case.applicant is None:
        raise Refused(_("本件没有所涉标准，不能入选。"))
    Recognition.objects.create(
        kind=Recognition.Kind.FOSTERED, level=Recognition.Level.MUNICIPAL,
        title=f"{year_of(case).year} {case.standard}"[:200], organization=case.applicant,
        approved_on=entry.day, until=months_after(entry.day, 12 * case.law.years),
        basis=entry.answers["document"], basis_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip


class Yearly(Answers):
    """年度跟踪报告."""

    users = forms.IntegerField(label=gettext_lazy("采用单位数"), min_value=0)
    words = several(gettext_lazy("一年来的实施、宣贯和改进"))
    material = forms.FileField(label=gettext_lazy("佐证材料"), required=False)


def _other(actor: Post | None, case: Case) -> bool:
    scored = case.entries.filter(stage_key="scoring", actor=actor).exists() if actor else False
    return bool(actor and actor.role == Post.Role.OFFICER and not scored)


def _others(actor: Post | None) -> Q:
    if actor is None or actor.role != Post.Role.OFFICER:
        return NONE
    mine = Entry.objects.filter(stage_key="scoring", actor=actor).values("case")
    return ALL & ~Q(pk__in=mine)


another = Who(gettext_lazy("联席会议办公室经办人，未评分"), _other, _others)


class FosteringPlan(Procedure):
    """No rule of the province or the city was found: the house's own (``law/tables/fostering``)."""

    key = "fostering"
    name = gettext_lazy("团体标准培优申报")
    mark = "PY"
    law = "fostering"
    opened_by = society
    readers = applicant | officer | auditor | public
    stages = (
        Filing(
            key="application", name=gettext_lazy("申报"), form=Applying,
            documents=(gettext_lazy("实施效果佐证材料"),),
        ),
        Work(
            key="scoring", name=gettext_lazy("评分"), by=officer, rule="score_days", form=Scores,
            finish=gettext_lazy("评分"), effect=show,
        ),
        Notice(key="notice", name=gettext_lazy("公示"), rule="notice_days"),
        Decision(
            key="decision", name=gettext_lazy("确定入选"), back="scoring", by=another, form=Chosen,
            guards=(
                Guard(gettext_lazy("总分达到公布的最低分"), _enough),
                Guard(gettext_lazy("名额未满"), _room),
            ),
            effect=choose, approve=gettext_lazy("入选"),
        ),
        Work(
            key="first_report", name=gettext_lazy("第一年跟踪"), by=applicant, since="approve",
            rule="first_report_months", form=Yearly, finish=gettext_lazy("提交年度报告"),
        ),
        Work(
            key="second_report", name=gettext_lazy("第二年跟踪"), by=applicant, since="approve",
            rule="second_report_months", form=Yearly, finish=gettext_lazy("提交年度报告"),
        ),
    )  # fmt: skip
