"""Entrusting (转办): a unit is to deal with a case from now on, and those who act for it are told."""

from rongbiao.cases import message
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.post import HANDLERS


def entrust(case: Case, entry: Entry, unit: Organization, words: str) -> list[Post]:
    """Seat a unit as the department in charge, instead of whoever was; return who was told."""
    case.seats.filter(capacity="department").delete()
    Seat.objects.create(
        case=case, stage=case.stage_key, capacity="department", organization=unit,
        invited_on=entry.day, demonstration=case.demonstration,
    )  # fmt: skip
    posts = Post.objects.on(entry.day).filter(
        organization=unit, role__in=HANDLERS, demonstration=case.demonstration
    )
    told = list(posts.select_related("person", "organization"))
    message.tell(case, entry, words, told)
    return told
