"""The joint conference (联席会议): who belongs to a collective name, from when, on what ground."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.fitting import fitted
from rongbiao.parties.models import Group, Membership, Organization, Post
from rongbiao.parties.refused import Refused

from . import assignments, who
from .models import Plan


def settle_all(day: date) -> None:
    """Bring the assignments of every plan in line with the lists."""
    for plan in Plan.objects.order_by("pk"):  # always in this order: two who settle cannot lock
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
    """Enter a unit into a group from a day, on a basis; refused when it belongs already."""
    _ask(actor, day, basis)
    group = Group.objects.select_for_update().get(pk=group.pk)
    if organization.kind == Organization.Kind.COLLECTIVE:
        raise Refused(
            _("“{unit}”是集合名称，不是单位，不能列入“{group}”；请列入具体单位。").format(
                unit=organization, group=group
            )
        )
    for row in Membership.objects.filter(group=group, organization=organization):
        if row.until is None or row.until >= since:
            raise Refused(
                _("{unit}自{since}至{until}已是“{group}”成员，不能自{day}重复加入。").format(
                    unit=organization,
                    since=row.since or _("起初"),
                    until=row.until or _("今"),
                    group=group,
                    day=since,
                )
            )
    row = Membership(
        group=group,
        organization=organization,
        since=since,
        basis=basis.strip(),
        demonstration=actor.demonstration,
    )
    fitted(row).save()
    journal.write(actor, "admit", row, day=day, since=str(since), basis=row.basis)
    settle_all(day)
    return row


@transaction.atomic
def dismiss(
    membership: Membership, until: date, basis: str, *, actor: Post, day: date
) -> Membership:
    """End a unit's time in a group; ``until`` is its last day. What it reported stays."""
    _ask(actor, day, basis)
    Group.objects.select_for_update().get(pk=membership.group_id)
    row = Membership.objects.select_related("organization", "group").get(pk=membership.pk)
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
    journal.write(actor, "dismiss", row, day=day, until=str(until), basis=basis.strip())
    settle_all(day)
    return row


def _ask(actor: Post, day: date, basis: str) -> None:
    who.ask_officer(actor, day, _("成员名单由联席会议办公室经办人维护。"))
    if not basis.strip():
        raise Refused(_("增减成员应写明依据的文件。"))
