"""The inbox (待办): what waits for this actor, by deadline."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.parties.models import Post
from rongbiao.strategy import board, quarters
from rongbiao.strategy.models import Assignment, Plan, Reading, Report
from rongbiao.web.doors import post_holder


@dataclass(frozen=True)
class Matter:
    """One thing to do: what it is, for whom, until when, and where to do it."""

    kind: str
    title: str
    note: str
    due_on: date | None
    href: str
    action: str

    def days_left(self, day: date) -> int | None:
        """Return the days until it is due; negative when it is overdue."""
        return (self.due_on - day).days if self.due_on else None


def to_file(actor: Post, day: date) -> list[Matter]:
    """Return the assignments of the actor's unit that no accepted or waiting report covers."""
    if actor.role not in {Post.Role.REPORTER, Post.Role.LEADER}:
        return []
    found = []
    for plan in Plan.objects.all():
        quarter = quarters.current(plan, day)
        if quarter is None or day < quarter.opens_on:
            continue
        mine = Assignment.objects.on(quarter.ends_on).filter(
            task__plan=plan, organization=actor.organization
        )
        said = (Report.State.FILED, Report.State.ACCEPTED)
        covered = Report.objects.filter(quarter=quarter, state__in=said).values("assignment")
        lit = board.load(plan, quarter, day).lit
        done = {row.assignment_id for row in lit if row.excused}  # nothing more is asked of them
        due = mine.exclude(pk__in=covered).exclude(pk__in=done).select_related("task")
        begun = {
            report.assignment_id: report
            for report in Report.objects.filter(quarter=quarter, assignment__in=mine)
        }
        for row in due:
            report = begun.get(row.pk)
            back = report is not None and report.state == Report.State.RETURNED
            note = _("已退回：%(reason)s") % {"reason": report.reason} if report and back else ""
            listed = f"{reverse('reports')}?quarter={quarter.key}#a{row.pk}"
            href = report.get_absolute_url() if report else listed
            title = f"{row.task} · {quarter}"
            found.append(Matter(_("填报"), title, note, quarter.due_on, href, _("填写")))
    return found


def to_review(actor: Post) -> list[Matter]:
    """Return the reports that wait for the office."""
    if not actor.is_officer:
        return []
    rows = Report.objects.filter(state=Report.State.FILED).order_by("filed_on", "pk")
    rows = rows.select_related("assignment__task", "assignment__organization", "quarter")[:200]
    return [
        Matter(
            _("审核"),
            f"{row.assignment.task} · {row.assignment.organization}",
            str(row.quarter),
            None,
            reverse("review_one", args=[row.pk]),
            _("审核"),
        )
        for row in rows
    ]


def to_confirm(actor: Post) -> list[Matter]:
    """Return the policy papers that were read and are not yet entered as plans."""
    if not actor.is_officer:
        return []
    rows = Reading.objects.filter(plan=None)
    return [
        Matter(_("政策"), str(row), "", None, reverse("policy", args=[row.pk]), _("确认"))
        for row in rows
    ]


@post_holder
def page(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this actor, overdue first."""
    day = timezone.localdate()
    actor = request.actor
    matters = [*to_file(actor, day), *to_review(actor), *to_confirm(actor)]
    matters.sort(key=lambda matter: (matter.due_on or date.max, matter.title))
    rows = [(matter, matter.days_left(day)) for matter in matters]
    return render(request, "inbox/page.html", {"rows": rows, "day": day})
