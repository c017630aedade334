"""团体标准组织登记: an association shows that it is ready to make group standards.

A legal person within its charter, with a body that works on standards and a procedure
document of its own (团体标准管理规定, art. 8). An officer confirms; what is confirmed is a
line of the register, and the letters of its standards belong to it alone.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.archive.models import File
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.cases.who import holding
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.organization import check_credit_code
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Check, Filing
from rongbiao.stages.people import applicant, auditor, officer
from rongbiao.standards import societies
from rongbiao.standards.models import Association
from rongbiao.texts.credit_codes import read_credit_code

handler = holding(gettext_lazy("社会团体经办人和负责人"), Post.Role.AGENT, Post.Role.LEADER)


class Readiness(Answers):
    """登记申请: legal person, charter, the body that works on standards, its procedure."""

    personal = ("phone",)

    title = forms.CharField(label=gettext_lazy("社会团体名称"), max_length=120)
    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=20, validators=[check_credit_code]
    )
    code = forms.CharField(
        label=gettext_lazy("团体代号"), max_length=16,
        help_text=gettext_lazy("标准编号中“T/”后面的部分，如 FZCY；一个代号只归一个社会团体。"),
    )  # fmt: skip
    scope = forms.CharField(
        label=gettext_lazy("章程规定的业务范围"), max_length=2000, widget=forms.Textarea
    )
    department = forms.CharField(label=gettext_lazy("标准化工作机构"), max_length=120)
    head = forms.CharField(label=gettext_lazy("标准化工作负责人"), max_length=50)
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=30)
    charter = forms.FileField(label=gettext_lazy("章程文本"))
    rules = forms.FileField(label=gettext_lazy("团体标准制定程序文件"))

    def clean_credit_code(self) -> str:
        return read_credit_code(self.cleaned_data["credit_code"])

    def clean_code(self) -> str:
        try:
            return societies.read_code(self.cleaned_data["code"])
        except Refused as why:
            raise forms.ValidationError(str(why)) from why

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unit = self.case.applicant if self.case else None
        if self.errors or unit is None:
            return said
        if unit.kind != Organization.Kind.ASSOCIATION:
            raise forms.ValidationError(
                _("{unit}登记的单位类别是“{kind}”；团体标准由社会团体制定。").format(
                    unit=unit, kind=unit.get_kind_display()
                )
            )
        if said["title"] not in {unit.name, *unit.aliases}:
            raise forms.ValidationError(
                _("您代表的单位是“{unit}”，只能为本单位登记。").format(unit=unit)
            )
        ask_free(unit, said["credit_code"], said["code"])
        return said


def ask_free(unit: Organization, credit_code: str, code: str) -> None:
    """Refuse a credit code of another unit, and letters that are not the unit's own."""
    if unit.credit_code and unit.credit_code != credit_code:
        raise forms.ValidationError(
            _("{unit}登记的统一社会信用代码是 {held}，填写的是 {said}，请核对。").format(
                unit=unit, held=unit.credit_code, said=credit_code
            )
        )
    other = Organization.objects.filter(credit_code=credit_code).exclude(pk=unit.pk).first()
    if other:
        raise forms.ValidationError(
            _("统一社会信用代码 {code} 已登记为另一单位，请核对。").format(code=credit_code)
        )
    held = Association.objects.filter(code=code).exclude(organization=unit).first()
    if held:
        raise forms.ValidationError(
            _("团体代号 T/{code} 已归{unit}使用，一个代号只归一个社会团体，请另选代号。").format(
                code=code, unit=held.organization
            )
        )
    own = societies.association_of(unit)
    if own and own.code != code:
        raise forms.ValidationError(
            _("{unit}的团体代号已登记为 T/{code}，代号不能改；其他内容可以重新登记。").format(
                unit=unit, code=own.code
            )
        )


def take(case: Case, entry: Entry) -> None:
    """The case is called as the association."""
    case.title = entry.answers["title"]


def register(case: Case, entry: Entry) -> None:
    """Write the association's line; one that stands is put right."""
    filed = case.entries.filter(action_key="submit").last()
    unit = case.applicant
    if filed is None or unit is None:
        raise Refused(_("本件没有登记申请，不能核实。"))
    said = filed.answers
    try:
        ask_free(unit, said["credit_code"], said["code"])
    except forms.ValidationError as taken:  # meanwhile
        raise Refused("".join(taken.messages)) from taken
    if not unit.credit_code:
        unit.credit_code = said["credit_code"]
        unit.save(update_fields=["credit_code"])
    rules: File = filed.attachments.get(field="rules").file
    Association.objects.update_or_create(
        organization=unit,
        defaults={
            **{name: said[name] for name in ("code", "scope", "department", "head")},
            "rules": rules, "confirmed_on": entry.day, "basis": case.number,
            "basis_on": entry.day, "demonstration": case.demonstration,
        },
    )  # fmt: skip


class AssociationAccount(Procedure):
    """团体标准管理规定, art. 8; GB 32100 for the code of the legal person."""

    key = "association_account"
    name = gettext_lazy("团体标准组织登记")
    mark = "TZ"
    law = "group_standard"
    opened_by = handler
    readers = applicant | officer | auditor
    stages = (
        Filing(
            key="readiness", name=gettext_lazy("登记申请"), form=Readiness, effect=take,
            documents=(gettext_lazy("章程"), gettext_lazy("团体标准制定程序文件")),
        ),
        Check(
            key="confirm", name=gettext_lazy("核实"), back="readiness", effect=register,
            accept=gettext_lazy("核实登记"), decline=gettext_lazy("不予登记"),
        ),
    )  # fmt: skip
