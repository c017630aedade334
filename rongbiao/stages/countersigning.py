"""Countersigning (会签): units are asked to sign, all at the same time; nothing goes on without them."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import message
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import STAY, Action, Answers, Guard
from rongbiao.cases.who import Who, never
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.edits import units_named

from .answers import Words
from .people import signer

SIGNERS = signer & never(_("尚未会签"), "sign", again=True)


def lines(text: str) -> list[str]:
    """Return what stands on the lines of a field, once each, in order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class Signers(Answers):
    """Which units are asked to sign."""

    units = forms.CharField(label=_("会签单位（每行一个）"), max_length=2000, widget=forms.Textarea)

    def clean_units(self) -> str:
        names = lines(self.cleaned_data["units"])
        known = units_named(names)
        if unknown := [name for name in names if name not in known]:
            raise forms.ValidationError(
                _("名录里没有这些单位，请写全称或者先登记：%(names)s。"),
                params={"names": gettext("、").join(unknown)},
            )
        return "\n".join(names)


def _seat(case: Case, entry: Entry) -> None:
    """Seat the units that are asked and tell them; who is no longer asked and has not signed leaves."""
    wanted = {unit.pk: unit for unit in units_named(lines(entry.answers["units"])).values()}
    seats = case.seats.filter(stage=case.stage_key, capacity="signer")
    signed = set(case.this_round("sign").values_list("actor__organization", flat=True))
    seats.exclude(organization__in={*wanted, *signed}).delete()
    held = set(seats.values_list("organization", flat=True))
    asked = [unit for pk, unit in wanted.items() if pk not in held]
    Seat.objects.bulk_create(
        Seat(
            case=case, stage=case.stage_key, capacity="signer", organization=unit, place=place,
            invited_on=entry.day, demonstration=case.demonstration,
        )
        for place, unit in enumerate(asked, start=len(held) + 1)
    )  # fmt: skip
    posts = Post.objects.on(entry.day).filter(
        organization__in=asked, demonstration=case.demonstration
    )
    told = [post for post in posts.select_related("person") if signer(post, case)]
    message.tell(case, entry, f"“{case.title}”请你单位会签。", told)


def _all_signed(case: Case, day: date) -> None:
    asked = case.seats.filter(stage=case.stage_key, capacity="signer", recused_on=None)
    signed = set(case.this_round("sign").values_list("actor__organization", flat=True))
    if left := [str(seat.organization) for seat in asked if seat.organization_id not in signed]:
        raise Refused(gettext("会签尚未完成，还缺：{units}。").format(units="、".join(left)))


SIGNED = Guard(_("会签完成"), test=_all_signed)


def countersigning(by: Who) -> tuple[Action, ...]:
    """Return the actions of a countersigning: who decides asks, the units sign."""
    return (
        Action("ask_signers", _("邀请会签"), by, to=STAY, form=Signers, effect=_seat),
        Action("sign", _("会签"), signer, to=STAY, form=Words, waits=SIGNERS),
    )
