"""Prechecks of many (成批预检): ordered on a page, worked off in the background, with progress."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Precheck, Statement

from .copies import catch_up
from .looking import PORTION, findings

AT_ONCE = 300  # statements: so many are looked through before the page answers


def order(organization: Organization | None, *, actor: Post, day: date) -> Precheck:
    """Order a precheck: of what one enterprise prepares, or of all that is public (officers)."""
    own = organization is not None and actor.organization_id == organization.pk
    if not (own or actor.is_officer):
        raise Refused(_("预检由企业对自己的标准进行，或者由联席会议办公室经办人进行。"))
    run = Precheck(organization=organization, actor=actor, day=day)
    run.total, run.demonstration = _rows(run).count(), actor.demonstration
    run.save()
    if run.total <= AT_ONCE:
        work(run)
    return run


def _rows(run: Precheck) -> QuerySet[Statement]:
    rows = Statement.objects.order_by("pk")
    if run.organization is None:
        return rows.on(run.day)
    return rows.preparing(run.organization)


def waiting() -> QuerySet[Precheck]:
    """Return the prechecks that are ordered and not done, the oldest first."""
    return Precheck.objects.exclude(state=Precheck.State.DONE).order_by("pk")


def work(run: Precheck, told: Callable[[Precheck], object] | None = None) -> Precheck:
    """Carry a precheck out, portion by portion; one that was killed goes on where it stood."""
    while catch_up():
        pass
    run.state = Precheck.State.RUNNING
    counts = Counter(run.counts)
    while rows := list(_rows(run).filter(pk__gt=run.last)[:PORTION]):
        with transaction.atomic():
            counts += check(rows, run.day)
            run.last, run.progress = rows[-1].pk, run.progress + len(rows)
            run.counts = dict(counts)
            run.save()
        if told:
            told(run)
    run.state, run.ended_at = Precheck.State.DONE, timezone.now()
    run.save()
    return run


def check(rows: list[Statement], day: date) -> Counter[str]:
    """Look through statements and keep with each what was found; return the counts by key."""
    counts: Counter[str] = Counter()
    for row, found in zip(rows, findings(rows, day), strict=True):
        row.findings, row.checked_on = [one.plain() for one in found], day
        counts.update(one.key for one in found)
        counts["with" if found else "without"] += 1
    Statement.objects.bulk_update(rows, ["findings", "checked_on"], batch_size=200)
    return counts
