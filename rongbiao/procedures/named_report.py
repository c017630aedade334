"""实名举报: anybody reports a declared standard; who gives a name is told the result (Law, art. 35).

The name and how to reach its bearer are read by one person only: the officer who has taken the
report up. Other officers and auditors see that there is a report and how it went. That is also
why nobody files one from an account: the journal would name the account.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import STAY, Action, Answers, Procedure
from rongbiao.cases.who import NONE, Who, seated
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.procedures.supervision import Supervision
from rongbiao.stages.answers import Confided
from rongbiao.stages.kinds import Filing, Work
from rongbiao.stages.people import anyone, auditor, officer
from rongbiao.standards.models import Declaration
from rongbiao.standards.supervising import planning

handler = seated(_("承办人"), "handler", here=False)


def _held(day: date) -> Any:
    """Return the seats of handlers who are still in post."""
    seats = Seat.objects.filter(capacity="handler", recused_on=None)
    return seats.filter(post__in=Post.objects.on(day).values("pk"))


def _free(actor: Post | None, case: Case) -> bool:
    """Tell whether an officer may take a report: nobody has it, or whoever had it has left."""
    taken = _held(timezone.localdate()).filter(case=case)
    return bool(actor and actor.is_officer and not taken.exists())


def _free_rows(actor: Post | None) -> Q:
    if actor is None or not actor.is_officer:
        return NONE
    return ~Q(Exists(_held(timezone.localdate()).filter(case=OuterRef("pk"))))


taker = Who(_("尚无承办人时的经办人"), _free, _free_rows)


class NamedReport(Confided):
    """举报."""

    personal = ("person", "phone", "email", "private")
    confided_to = handler

    number = forms.CharField(
        label=_("被举报的标准编号"), max_length=80, required=False,
        help_text=_("标准、产品包装或者声明页上的编号；不知道的可以不填。"),
    )  # fmt: skip
    firm = forms.CharField(label=_("企业名称"), max_length=120)
    words = forms.CharField(
        label=_("举报内容"), max_length=4000, widget=forms.Textarea,
        help_text=_("写明问题和依据。经办人都能看到这一栏，请不要写能认出您的内容。"),
    )  # fmt: skip
    private = forms.CharField(
        label=_("只给承办人看的内容"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("例如您怎样得知、您与企业的关系。"),
    )
    file = forms.FileField(
        label=_("证据"), required=False, help_text=_("只有承办人能打开，单个不超过 20 MB。")
    )
    person = forms.CharField(label=_("姓名"), max_length=50)
    phone = forms.CharField(label=_("联系电话"), max_length=30)
    email = forms.EmailField(label=_("电子邮箱"), required=False)

    def clean_file(self) -> Any:
        """Return the evidence under a name that tells nothing: the journal keeps it."""
        file = self.cleaned_data["file"]
        if file:
            file.name = f"证据{Path(file.name).suffix[:10]}"
        return file


class Taking(Answers):
    """接办: nothing is filled in."""


class Handing(Answers):
    """转交另一名经办人."""

    post = forms.ChoiceField(label=_("新的承办人"))
    words = forms.CharField(label=_("理由"), max_length=300)

    def fit(self) -> None:
        """Offer the other officers."""
        rows = Post.objects.on(timezone.localdate()).filter(role=Post.Role.OFFICER)
        world = bool(self.case and self.case.demonstration)
        rows = rows.filter(demonstration=world).select_related("person", "organization")
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(post.pk), str(post)) for post in rows.order_by("pk")]


class Verified(Answers):
    """核查结论."""

    RESULTS = [
        ("opened", _("属实或者需要检查，立案检查")),
        ("unfounded", _("经核查不属实")),
        ("elsewhere", _("不属于本机关职责，转有权处理的部门")),
        ("settled", _("企业已自行改正")),
    ]
    result = forms.ChoiceField(label=_("核查结论"), choices=RESULTS)
    number = forms.CharField(
        label=_("检查的标准编号"), max_length=80, required=False,
        help_text=_("立案检查的，填写该企业声明的标准编号。"),
    )  # fmt: skip
    words = forms.CharField(label=_("核查情况"), max_length=2000, widget=forms.Textarea)

    def fit(self) -> None:
        """Begin with the number that was reported."""
        if self.case:
            self.fields["number"].initial = self.case.said("submit").get("number", "")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("result") != "opened" or self.case is None:
            return said
        item = item_of(self.case, said.get("number", ""))
        if item is None:
            self.add_error(
                "number",
                gettext("该企业没有声明这一编号，请核对；未声明的，先通知企业声明或者另行立案。"),
            )
        else:
            said["item"] = item.pk
        return said


class Told(Answers):
    """答复举报人."""

    words = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea,
        help_text=_("凭受理号可以查到，不要写举报人的姓名。"),
    )  # fmt: skip


def item_of(case: Case, number: str) -> Declaration | None:
    """Return the declared item of the enterprise that a report names."""
    firm = next(iter(case.entries.order_by("seq")[:1])).answers["firm"]
    rows = Declaration.objects.filter(demonstration=case.demonstration, number=number.strip())
    return rows.filter(organization__name__icontains=firm).first()


def take_in(case: Case, entry: Entry) -> None:
    """The case is called as what is reported; nobody files one from an account."""
    if entry.actor is not None:
        raise Refused(
            gettext("实名举报不记入账号：请不要以任职身份提交，在“实名举报”页填写姓名和联系方式。")
        )
    said = entry.answers
    case.title = f"{said['firm']} {said.get('number', '')}".strip()[:200]


def seat(case: Case, entry: Entry) -> None:
    """Whoever takes the report is its handler from now on; nobody else reads the name."""
    assert entry.actor is not None
    _hand(case, entry.actor.pk, entry)


def hand_over(case: Case, entry: Entry) -> None:
    """Another officer is the handler from now on."""
    _hand(case, int(entry.answers["post"]), entry)


def _hand(case: Case, post: int, entry: Entry) -> None:
    case.seats.filter(capacity="handler").delete()
    Seat.objects.create(
        case=case, stage="take", capacity="handler", post_id=post, invited_on=entry.day,
        demonstration=case.demonstration,
    )  # fmt: skip


def conclude(case: Case, entry: Entry) -> None:
    """Open an inspection where the report is worth it; that case does not say whence it came."""
    item = Declaration.objects.filter(pk=entry.answers.get("item")).first()
    by = entry.actor
    if item is None or by is None:
        return
    Declaration.objects.filter(pk=item.pk).update(reported_on=entry.day)
    day = entry.day
    posts = planning.able(day, demonstration=case.demonstration)
    tied = planning.ties(posts, [item.organization], day)
    fit = [post for post in posts if not tied[post.pk]]
    fit.sort(key=lambda post: post.person_id != by.person_id)
    chosen = fit[: planning.team_of(day)]
    answers = {
        "declaration": item.pk, "reason": "线索核查",
        "inspectors": ",".join(str(post.pk) for post in chosen),
    }  # fmt: skip
    desk.open_case(Supervision, actor=by, day=day, answers=answers)


class NamedReportProcedure(Procedure):
    """Law, art. 35."""

    key = "named_report"
    name = _("实名举报")
    mark = "JB"
    law = "supervision"
    begun_at = "named_report"
    opened_by = anyone
    readers = officer | auditor
    stages = (
        Filing(
            key="report", name=_("提交举报"), form=NamedReport, by=anyone, effect=take_in,
            receipt=True,
        ),
        Work(
            key="take", name=_("接办"), rule="taking_days", form=Taking, by=taker,
            finish=_("接办"), effect=seat,
        ),
        Work(
            key="verify", name=_("核查"), rule="verifying_days", form=Verified, by=handler,
            finish=_("作出核查结论"), effect=conclude,
            more=(
                Action(
                    "hand_over", _("转交"), handler, to=STAY, form=Handing, effect=hand_over
                ),
                Action("retake", _("接办"), taker, to=STAY, effect=seat, waits=taker),
            ),
        ),
        Work(
            key="answer", name=_("答复举报人"), rule="telling_days", form=Told, by=handler,
            finish=_("答复"),
            more=(
                Action(
                    "hand_over", _("转交"), handler, to=STAY, form=Handing, effect=hand_over
                ),
                Action("retake", _("接办"), taker, to=STAY, effect=seat, waits=taker),
            ),
        ),
    )  # fmt: skip
