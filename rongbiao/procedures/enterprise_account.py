"""企业账号: an enterprise asks for an account under its unified social credit code (GB 32100).

Its legal person confirms, where one has an account already, or else an officer. The password is
chosen by whoever asks; only its hash is kept, with what may be erased, and no page shows it.
"""

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.cases.who import NONE, Who
from rongbiao.parties import appointments, units
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.parties.organization import check_credit_code
from rongbiao.parties.refused import Refused
from rongbiao.stages.kinds import Check, Filing
from rongbiao.stages.people import anyone, auditor, officer
from rongbiao.texts.credit_codes import read_credit_code

NEW = {"autocomplete": "new-password"}
KINDS = (Organization.Kind.ENTERPRISE, Organization.Kind.ASSOCIATION)


class Asking(Answers):
    """账号申请."""

    personal = ("person", "phone", "email", "hash")

    title = forms.CharField(label=gettext_lazy("单位名称"), max_length=120)
    code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=20, validators=[check_credit_code]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("单位类别"), choices=[(one.value, one.label) for one in KINDS]
    )
    role = forms.ChoiceField(
        label=gettext_lazy("申请人身份"),
        choices=[("agent", gettext_lazy("经办人")), ("leader", gettext_lazy("法定代表人"))],
    )
    person = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    account = forms.CharField(
        label=gettext_lazy("登录账号"), max_length=60, validators=[Person.username_validator]
    )
    password = forms.CharField(
        label=gettext_lazy("登录密码"), max_length=200, widget=forms.PasswordInput(NEW),
        help_text=gettext_lazy("核实开通后用它登录；平台只保存它的散列值。"),
    )  # fmt: skip
    again = forms.CharField(
        label=gettext_lazy("再输一次密码"), max_length=200, widget=forms.PasswordInput(NEW)
    )
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=30)
    email = forms.EmailField(label=gettext_lazy("电子邮箱"), required=False)
    licence = forms.FileField(label=gettext_lazy("营业执照或者登记证书"))

    def clean_code(self) -> str:
        return read_credit_code(self.cleaned_data["code"])

    def clean_account(self) -> str:
        name = self.cleaned_data["account"]
        if Person.objects.filter(username=name).exists():
            raise forms.ValidationError(_("账号“{name}”已有人使用，请换一个。").format(name=name))
        return str(name)

    def clean_again(self) -> str:
        said = str(self.cleaned_data["again"])
        if said != self.cleaned_data.get("password", said):
            raise forms.ValidationError(_("两次输入的密码不一致。"))
        return said

    def clean_password(self) -> str:
        said = str(self.cleaned_data["password"])
        validate_password(said, Person(username=self.cleaned_data.get("account", "")))
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said.pop("again", None)
        if password := said.pop("password", None):
            said["hash"] = make_password(password)
        held = Organization.objects.filter(credit_code=said.get("code", "")).first()
        other = units.named(said.get("title", ""))
        if held and held.name != said.get("title") and said.get("title") not in held.aliases:
            raise forms.ValidationError(_("这一代码已登记为另一单位，请核对单位名称和代码。"))
        if other and other.credit_code and other.credit_code != said.get("code"):
            raise forms.ValidationError(_("“{unit}”已登记了另一代码，请核对。").format(unit=other))
        return said


def take(case: Case, entry: Entry) -> None:
    """The case is called as the unit; one that is registered is its applicant."""
    said = entry.answers
    case.title = said["title"]
    case.applicant = Organization.objects.filter(credit_code=said["code"]).first() or case.applicant


def _leads(actor: Post | None, case: Case) -> bool:
    return bool(
        actor and actor.role == Post.Role.LEADER and actor.organization_id == case.applicant_id
    )


def _led(actor: Post | None) -> Any:
    if actor is None or actor.role != Post.Role.LEADER:
        return NONE
    return Q(applicant=actor.organization_id)


legal_person = Who(gettext_lazy("本单位法定代表人"), _leads, _led)


def open_account(case: Case, entry: Entry) -> None:
    """Enter the unit, the person and the post."""
    asked = case.entries.filter(action_key="submit").order_by("-seq").first()
    assert asked is not None
    said, by = asked.answers, entry.actor
    assert by is not None
    who = getattr(asked, "personal", None)
    if who is None:
        raise Refused(_("申请人的信息已删除，不能开通，请退回补正。"))
    unit = Organization.objects.filter(credit_code=said["code"]).first()
    unit = unit or units.named(said["title"]) or Organization(name=said["title"], kind=said["kind"])
    if unit.pk is None or not unit.credit_code:
        unit.credit_code, unit.order = said["code"], unit.order or 10_000
        unit.demonstration = unit.demonstration or case.demonstration
        unit.save()
    person = appointments.enroll(
        said["account"], who.words["person"], None, actor=by, day=entry.day,
        demonstration=case.demonstration,
    )  # fmt: skip
    person.email, person.password = who.words.get("email", ""), who.words["hash"]
    person.save(update_fields=["email", "password"])
    appointments.appoint(
        person, unit, said["role"], entry.day, case.number, actor=by, day=entry.day
    )
    case.applicant = unit


class EnterpriseAccount(Procedure):
    """GB 32100—2015 for the code; the house's own for the account."""

    key = "enterprise_account"
    name = gettext_lazy("企业账号申请")
    mark = "ZH"
    law = "self_declaration"
    opened_by = anyone
    readers = officer | auditor | legal_person
    stages = (
        Filing(
            key="ask", name=gettext_lazy("提出申请"), form=Asking, by=anyone, effect=take, receipt=True
        ),
        Check(
            key="confirm", name=gettext_lazy("核实"), back="ask", by=officer | legal_person,
            accept=gettext_lazy("核实开通"), decline=gettext_lazy("不予开通"), effect=open_account,
        ),
    )  # fmt: skip
