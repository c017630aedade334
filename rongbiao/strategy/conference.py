"""The joint conference (联席会议): who belongs to a collective name, from when, on what ground."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.models import Group, Membership, Organization, Post
from rongbiao.parties.refused import Refused

from . import assignments
from .models import Plan


def settle_all(day: date) -> None:
    """Bring the assignments of every plan in line with the lists."""
    for plan in Plan.objects.all():
        assignments.settle(plan, day=day)


@transaction.atomic
def admit(
    group: Group,
    organization: Organization,
    since: date,
    basis: str,
    *,
    actor: Post,
    day: date,
) -> Membership:
    """Enter a unit into a group from a day; refused when it belongs already or no basis is given."""
    _ask(actor, basis)
    Group.objects.select_for_update().get(pk=group.pk)
    held = Membership.objects.filter(group=group, organization=organization)
    for row in held:
        if row.until is None or row.until >= since:
            until = row.until or _("今")
            raise Refused(
                _("{unit}自{since}至{until}已是“{group}”成员，不能自{day}重复加入。").format(
                    unit=organization, since=row.since, until=until, group=group, day=since
                )
            )
    row = Membership.objects.create(
        group=group,
        organization=organization,
        since=since,
        basis=basis.strip(),
        demonstration=actor.demonstration,
    )
    journal.write(actor, "admit", row, day=day, since=str(since), basis=basis)
    settle_all(day)
    return row


@transaction.atomic
def dismiss(
    membership: Membership, until: date, basis: str, *, actor: Post, day: date
) -> Membership:
    """End a unit's time in a group on a day; what it reported stays."""
    _ask(actor, basis)
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.until:
        raise Refused(
            _("{unit}已于{until}退出“{group}”。").format(
                unit=row.organization, until=row.until, group=row.group
            )
        )
    if row.since and until < row.since:
        raise Refused(
            _("退出日期{until}早于加入日期{since}，请核对。").format(until=until, since=row.since)
        )
    row.until = until
    row.save(update_fields=["until"])
    journal.write(actor, "dismiss", row, day=day, until=str(until), basis=basis)
    settle_all(day)
    return row


def _ask(actor: Post, basis: str) -> None:
    if not actor.is_officer:
        raise Refused(_("成员名单由联席会议办公室经办人维护。"))
    if not basis.strip():
        raise Refused(_("增减成员应写明依据的文件。"))
