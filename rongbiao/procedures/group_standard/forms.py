"""What is filled in on the way of a group standard."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.procedure import Answers
from rongbiao.parties.refused import Refused
from rongbiao.procedures.local_standard.effects import lines
from rongbiao.procedures.local_standard.forms import PATENTS, several
from rongbiao.stages.answers import Convening
from rongbiao.standards import societies
from rongbiao.standards.models import Association
from rongbiao.texts.classes import within

PROFILE = "group_standard"
BAR, PARTS = "｜", 4
MOST = 200  # indicators


class Proposal(Answers):
    """提案."""

    title = forms.CharField(label=gettext_lazy("项目名称"), max_length=150)
    scope = several(gettext_lazy("适用范围和主要技术内容"))
    need = several(gettext_lazy("必要性和可行性"))
    novelty = several(gettext_lazy("与现行标准的关系（没有相近标准的写“无”）"))
    drafters = several(gettext_lazy("起草单位（每行一个，按顺序）"), length=2000)
    ics = forms.CharField(
        label=gettext_lazy("国际标准分类号（ICS）"), max_length=60, required=False
    )
    ccs = forms.CharField(
        label=gettext_lazy("中国标准文献分类号（CCS）"), max_length=20, required=False
    )
    draft = forms.FileField(label=gettext_lazy("标准草案"), required=False)


class GroupConvening(Convening):
    """Who is asked: by the rule for group standards alone."""

    among = (PROFILE,)


def indicators_in(text: str) -> list[dict[str, Any]]:
    """Return the indicators of a field, one a line: name｜limit｜unit｜method.

    >>> indicators_in("保温效能｜≥60｜℃｜GB/T 1")
    [{'name': '保温效能', 'limit': '≥60', 'unit': '℃', 'method': 'GB/T 1'}]
    """
    found = []
    for place, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        parts = [one.strip() for one in line.replace("|", BAR).split(BAR)]
        if not 2 <= len(parts) <= PARTS or not parts[0] or not parts[1]:
            words = _("第 {n} 行“{line}”不是“指标名称｜指标值｜单位｜试验方法”，请用竖线分开填写。")
            raise forms.ValidationError(words.format(n=place, line=line[:30]))
        parts += [""] * (PARTS - len(parts))
        longest = (100, 300, 40, 300)  # the columns of an indicator
        if any(len(one) > most for one, most in zip(parts, longest, strict=True)):
            raise forms.ValidationError(_("第 {n} 行过长，请缩短。").format(n=place))
        found.append(dict(zip(("name", "limit", "unit", "method"), parts, strict=True)))
    if len(found) > MOST:
        words = _("一项标准最多填写 {most} 项指标，现有 {n} 项。")
        raise forms.ValidationError(words.format(most=MOST, n=len(found)))
    return found


class Issuing(Answers):
    """What becomes public of a group standard; the declarer answers for its truth."""

    number = forms.CharField(label=gettext_lazy("标准编号"), max_length=80)
    document = forms.CharField(label=gettext_lazy("发布文件的名称和文号"), max_length=120)
    implemented_on = forms.DateField(label=gettext_lazy("实施日期"))
    ics = forms.CharField(label=gettext_lazy("国际标准分类号（ICS）"), max_length=60)
    ccs = forms.CharField(
        label=gettext_lazy("中国标准文献分类号（CCS）"), max_length=20, required=False
    )
    abstract = several(gettext_lazy("适用范围和主要技术内容"), length=2000)
    references = several(
        gettext_lazy("规范性引用和对照的标准编号（每行一个）"), required=False, length=1000
    )
    indicators = several(
        gettext_lazy("指标（每行一项：指标名称｜指标值｜单位｜试验方法）"),
        required=False,
        length=20000,
    )
    notice = several(
        gettext_lazy("明示（少于或者低于推荐性标准的写明）"), required=False, length=2000
    )
    patents = forms.ChoiceField(
        label=gettext_lazy("涉及专利情况"), choices=PATENTS, widget=forms.RadioSelect
    )
    patent_words = several(gettext_lazy("专利号、专利权人和许可声明"), required=False)
    drafted_by = forms.CharField(label=gettext_lazy("主要起草人"), max_length=1000, required=False)
    text = forms.FileField(label=gettext_lazy("标准文本"), required=False)
    text_public = forms.BooleanField(label=gettext_lazy("公开标准文本"), required=False)
    true = forms.BooleanField(label=gettext_lazy("本团体对公开内容的真实性负责"))

    @property
    def association(self) -> Association | None:
        return societies.association_of(self.case.applicant if self.case else None)

    def fit(self) -> None:
        """Propose the number that follows."""
        if self.association:
            year = timezone.localdate().year
            self.fields["number"].initial = societies.next_number(self.association, year)

    def clean_indicators(self) -> str:
        text = str(self.cleaned_data["indicators"])
        indicators_in(text)
        return text

    def clean_ics(self) -> str:
        return self._classes("ics")

    def clean_ccs(self) -> str:
        return self._classes("ccs")

    def _classes(self, name: str) -> str:
        codes = str(self.cleaned_data[name]).upper().split()
        if unknown := next((code for code in codes if not within(code)), ""):
            raise forms.ValidationError(_("没有“{code}”这个分类号。").format(code=unknown))
        return " ".join(codes)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("patents") == "disclosed" and not said.get("patent_words"):
            raise forms.ValidationError(_("涉及专利的，应写明专利号、专利权人，并提供证明。"))
        if said.get("text_public") and not self.files.get("text"):
            raise forms.ValidationError(_("选了公开标准文本的，请上传标准文本。"))
        if not self.errors and self.association:
            try:
                number = societies.number_of(said["number"], self.association)
            except Refused as why:
                raise forms.ValidationError(str(why)) from why
            said["number"] = number.display
        return said


class Declared(Issuing):
    """自我声明公开: a group standard that the association has issued before."""

    title = forms.CharField(label=gettext_lazy("标准名称"), max_length=300)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=300, required=False)
    issued_on = forms.DateField(label=gettext_lazy("发布日期"))
    drafters = several(gettext_lazy("起草单位（每行一个，按顺序）"), length=4000)
    replaces = forms.CharField(label=gettext_lazy("代替的标准编号"), max_length=80, required=False)
    field_order = (
        "number", "title", "title_en", "replaces", "document", "issued_on", "implemented_on", "ics",
        "ccs", "abstract", "drafters", "drafted_by", "references", "indicators", "notice",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, second = said.get("issued_on"), said.get("implemented_on")
        today = self.case.stage_since if self.case else timezone.localdate()
        if first and first > today:
            raise forms.ValidationError(
                _("发布日期{day}还没有到；已经发布的团体标准才能声明公开。").format(day=first)
            )
        if first and second and second < first:
            raise forms.ValidationError(_("实施日期不能早于发布日期。"))
        if not lines(said.get("drafters", "")):
            raise forms.ValidationError(_("请填写起草单位。"))
        return said


__all__ = ["Declared", "GroupConvening", "Issuing", "Proposal", "indicators_in"]
