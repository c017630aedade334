"""企业账号: an enterprise asks for an account under its unified social credit code (GB 32100).

Its legal person confirms, where one has an account already, or else an officer. Whoever asked
sets the password then, with the receipt that the request was answered with.
"""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
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

KINDS = (Organization.Kind.ENTERPRISE, Organization.Kind.ASSOCIATION)


class Asking(Answers):
    """账号申请."""

    personal = ("person", "phone", "email")

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

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
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
    person.email = who.words.get("email", "")
    person.save(update_fields=["email"])
    appointments.appoint(
        person, unit, said["role"], entry.day, case.number, actor=by, day=entry.day
    )
    case.applicant = unit


def first_password(receipt: str, account: str, password: str) -> Person:
    """Set the first password of an account, once, by the receipt under which it was asked for.

    Refused in one sentence whatever does not fit, so that nothing is told of who exists.
    """
    asked = Entry.objects.filter(
        receipt=receipt.strip().upper(), answers__account=account,
        case__procedure_key=EnterpriseAccount.key, case__outcome="accept",
    ).first()  # fmt: skip
    person = Person.objects.filter(username=account, last_login=None).first()
    if asked is None or person is None or person.has_usable_password():
        raise Refused(_("受理号与账号不符，或者账号尚未核实开通，或者已经设置过密码。"))
    try:
        validate_password(password, person)
    except ValidationError as bad:
        raise Refused("".join(bad.messages)) from bad
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


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
