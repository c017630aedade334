"""What is filled in on the way of a local standard, in the words of the customary forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Answers
from rongbiao.stages.answers import Ballot
from rongbiao.stages.reading import unseen
from rongbiao.standards.numbering import keyed
from rongbiao.texts.numbers import NotANumber

PATENTS = [("none", _("未发现涉及专利")), ("disclosed", _("涉及专利，已披露"))]
ROUTES = [
    ("group", _("转为团体标准")),
    ("provincial", _("建议制定省级地方标准")),
    ("national", _("建议制定国家标准或行业标准")),
    ("none", _("不宜制定标准")),
]
LICENCES = [
    ("free", _("同意免费许可")),
    ("paid", _("同意收费许可")),
    ("refused", _("不同意许可")),
]


def several(label: Any, *, required: bool = True, length: int = 4000) -> forms.CharField:
    """Return a field for several lines."""
    return forms.CharField(label=label, max_length=length, required=required, widget=forms.Textarea)


class Reason(Answers):
    words = several(_("理由"), length=2000)


class Asked(Answers):
    """Every participant is asked at each stage, and answers: none known, or which."""

    patents = forms.ChoiceField(label=_("涉及专利情况"), choices=PATENTS, widget=forms.RadioSelect)
    patent_words = several(
        _("专利号、专利权人；他人提到而经核实不涉及的，写明核实结果"), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("patents") == "disclosed" and not said.get("patent_words"):
            raise forms.ValidationError(_("涉及专利的，应写明专利号、专利权人，并提供证明。"))
        return said


def told_of(case: Case) -> list[str]:
    """Return what commenters and, once their ballots are opened, experts told of patents."""
    rows = case.entries.filter(action_key__in=("comment", "count")).order_by("seq")
    told = rows.exclude(unseen()).values_list("answers", flat=True)
    each = (one for said in told for one in (said, *said.get("ballots", ())))
    known = (one.get("patent_words", "").strip() for one in each if one.get("patents") != "none")
    return list(dict.fromkeys(filter(None, known)))


class Patented(Asked):
    """Who takes part in the work discloses with proof, once (2013 rules, art. 5)."""

    patent_file = forms.FileField(label=_("专利证明材料"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("patents") == "disclosed" and not (
            said.get("patent_file") or self._proved(str(said.get("patent_words", "")))
        ):
            raise forms.ValidationError(
                _("披露专利应当提供证明，请上传专利证书或者公开文本等材料。")
            )
        return said

    def _proved(self, words: str) -> bool:
        """Tell whether the same was disclosed with its proof before."""
        if self.case is None or self.case.pk is None:
            return False
        told = self.case.entries.filter(attachments__field="patent_file")
        return told.filter(answers__patent_words=words).exists()


class Vote(Asked, Ballot):
    """A ballot of an expert, who takes part in the work too."""

    field_order = ("vote", "opinion", "patents", "patent_words")


class Application(Patented):
    """立项申请书."""

    title = forms.CharField(label=_("项目名称"), max_length=150)
    title_en = forms.CharField(label=_("英文名称"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("制定或修订"), choices=[("new", _("制定")), ("revision", _("修订"))]
    )
    replaces = forms.CharField(label=_("被修订标准编号"), max_length=60, required=False)
    scope = several(_("适用范围和主要技术内容"))
    need = several(_("必要性和可行性"))
    local = several(_("本市自然条件、风俗习惯等特殊技术要求"))
    novelty = several(_("国内外情况和查新结果"))
    drafters = several(_("起草单位（每行一个，按顺序）"), length=2000)
    months = forms.IntegerField(label=_("计划用时（月）"), min_value=1, max_value=36)
    ics = forms.CharField(label=_("国际标准分类号（ICS）"), max_length=60, required=False)
    ccs = forms.CharField(label=_("中国标准文献分类号（CCS）"), max_length=20, required=False)
    draft = forms.FileField(label=_("标准草案"))
    proof = forms.FileField(label=_("论证材料"), required=False)

    def clean_replaces(self) -> str:
        text = str(self.cleaned_data["replaces"])
        if text:
            try:
                keyed(text)
            except NotANumber as bad:
                raise forms.ValidationError(str(bad)) from bad
        elif self.data.get("kind") == "revision":
            raise forms.ValidationError(_("修订项目应写明被修订标准的编号。"))
        return text


class Route(Answers):
    route = forms.ChoiceField(label=_("去向"), choices=ROUTES)
    words = several(_("理由"), length=2000)


class Minutes(Answers):
    """会议纪要."""

    minutes = several(_("会议纪要（函审的写函审结论）"), length=20000)
    file = forms.FileField(label=_("会议纪要、专家签名表（扫描件）"), required=False)


class PlanNotice(Answers):
    """立项计划."""

    number = forms.CharField(label=_("计划文号"), max_length=60)
    drafters = several(_("起草单位（每行一个，按顺序）"), length=2000)
    owner = forms.CharField(label=_("归口单位"), max_length=120)
    finish_on = forms.DateField(label=_("完成时限"))

    def clean_finish_on(self) -> date:
        day: date = self.cleaned_data["finish_on"]
        if self.case and day <= self.case.stage_since:
            raise forms.ValidationError(_("完成时限应晚于今天。"))
        return day


class PlanChange(Answers):
    finish_on = forms.DateField(label=_("变更后的完成时限"), required=False)
    drafters = several(_("变更后的起草单位（每行一个，按顺序；不变更的不填）"), required=False)
    words = several(_("变更理由"), length=2000)


class Checked(Patented):
    """What others told of patents is answered: disclosed too, or why it does not matter."""

    def fit(self) -> None:
        self.told = told_of(self.case) if self.case and self.case.pk else []
        if self.told:
            words = _("征求意见和审查中提到：%s")
            self.fields["patents"].help_text = words % "；".join(self.told)[:1000]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.told and said.get("patents") == "none" and not said.get("patent_words"):
            n = len(self.told)
            raise forms.ValidationError(
                ngettext(
                    "征求意见和审查中有 %(n)s 处提到专利，请选择“涉及专利，已披露”，或者写明核实结果。",
                    "征求意见和审查中有 %(n)s 处提到专利，请选择“涉及专利，已披露”，或者写明核实结果。",
                    n,
                ),
                params={"n": n},
            )
        return said


class Draft(Patented):
    draft = forms.FileField(label=_("征求意见稿（docx）"))
    notes = forms.FileField(label=_("编制说明（docx）"))
    invited = several(_("定向征求意见的单位（每行一个）"), required=False, length=4000)


class ForReview(Checked):
    draft = forms.FileField(label=_("送审稿（docx）"))
    notes = forms.FileField(label=_("编制说明（docx）"))
    material = forms.BooleanField(label=_("与征求意见稿相比有实质性修改"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("material"):
            raise forms.ValidationError(
                _("有实质性修改的，应当再次征求意见，请办理“再次征求意见”。")
            )
        return said


class ForApproval(Checked):
    draft = forms.FileField(label=_("报批稿（docx）"))
    notes = forms.FileField(label=_("编制说明（docx）"))
    experts = several(_("专家意见处理情况"), required=False)  # of all together; each has its answer
    consistency = several(_("与标准化改革政策一致性评估"))
    competition = several(_("公平竞争审查结论"))


class Audit(Patented):
    words = several(_("审核意见"), length=2000)
    organizes = several(_("组织实施的安排（谁提出、谁组织实施）"), length=2000)


class Suggestion(Answers):
    """变更、终止建议: who works on it suggests, an officer decides (Order 26, art. 19)."""

    KINDS = [("change", _("变更计划")), ("terminate", _("终止项目"))]

    kind = forms.ChoiceField(label=_("建议"), choices=KINDS, widget=forms.RadioSelect)
    words = several(_("理由"), length=2000)


class BeforeApproval(Answers):
    where = forms.CharField(label=_("公示平台和网址"), max_length=200)


class PatentNotice(Answers):
    words = several(_("公布的专利信息"))
    licence = forms.ChoiceField(label=_("许可声明"), choices=LICENCES)
    file = forms.FileField(label=_("许可声明文件"), required=False)


class Announcement(Answers):
    """批准发布: the number is taken when this is approved, never before."""

    number = forms.CharField(label=_("公告文号"), max_length=60)
    implemented_on = forms.DateField(label=_("实施日期"))
    ics = forms.CharField(label=_("国际标准分类号（ICS）"), max_length=60)
    ccs = forms.CharField(label=_("中国标准文献分类号（CCS）"), max_length=20)
    publicizes = forms.CharField(label=_("宣贯推广单位（谁归口、谁宣贯推广）"), max_length=120)

    def clean_implemented_on(self) -> date:
        day: date = self.cleaned_data["implemented_on"]
        if self.case and day < self.case.stage_since:
            raise forms.ValidationError(_("实施日期不能早于发布日期。"))
        return day


class Text(Answers):
    text = forms.FileField(label=_("标准文本（PDF）"))


class Sent(Answers):
    words = several(_("报送情况"), length=2000)
    sent_on = forms.DateField(label=_("报送日期"))


class Rejected(Answers):
    words = several(_("退回理由"), length=2000)


class Filed(Answers):
    filing = forms.CharField(label=_("备案号"), max_length=80)
    filed_on = forms.DateField(label=_("备案日期"))
