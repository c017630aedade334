"""The inbox (待办): what waits for this actor, by deadline; what they were told, did and began."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from rongbiao.cases.models import Case
from rongbiao.parties.models import Post
from rongbiao.strategy import board, quarters
from rongbiao.strategy.models import Assignment, Plan, Quarter, Reading, Report
from rongbiao.web.cases import tray
from rongbiao.web.cases.filling import number
from rongbiao.web.doors import post_holder
from rongbiao.web.headings import heading
from rongbiao.web.registered import duties
from rongbiao.web.templatetags.rb import local, numbered

MOST_REPORTS = 200  # of those that wait for review; the page of reviews has them all


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


def unfiled(actor: Post, day: date) -> Iterator[tuple[Quarter, QuerySet[Assignment]]]:
    """Yield each open quarter with what the actor's unit has to report for it.

    That is every assignment that no accepted or waiting report covers.
    """
    if actor.role not in {Post.Role.REPORTER, Post.Role.LEADER}:
        return
    for plan in Plan.objects.all():
        quarter = quarters.current(plan, day)
        if quarter is None or day < quarter.opens_on:
            continue
        mine = Assignment.objects.on(quarter.ends_on).filter(
            task__plan=plan, organization=actor.organization
        )
        said = (Report.State.FILED, Report.State.ACCEPTED)
        covered = Report.objects.filter(quarter=quarter, state__in=said).values("assignment")
        lit = board.lit(plan, quarter, day, unit=actor.organization)
        done = {row.assignment_id for row in lit if row.excused}  # nothing more is asked of them
        yield quarter, mine.exclude(pk__in=covered).exclude(pk__in=done)


def to_file(actor: Post, day: date) -> list[Matter]:
    """Return the reports that the actor's unit owes."""
    found = []
    for quarter, due in unfiled(actor, day):
        begun = {
            report.assignment_id: report
            for report in Report.objects.filter(quarter=quarter, assignment__in=due)
        }
        for row in due.select_related("task"):
            report = begun.get(row.pk)
            back = report is not None and report.state == Report.State.RETURNED
            note = _("已退回：%(reason)s") % {"reason": report.reason} if report and back else ""
            listed = f"{reverse('reports')}?quarter={quarter.key}#a{row.pk}"
            href = report.get_absolute_url() if report else listed
            title = f"{task_of(row)} · {quarter}"
            found.append(Matter(_("填报"), title, note, quarter.due_on, href, _("填写")))
    return found


def task_of(row: Assignment) -> str:
    """Return number and title of the task, in the language of the page."""
    return f"{numbered(row.task)} {heading(row.task.title)}"


def unreviewed(actor: Post) -> QuerySet[Report]:
    """Return the reports that wait for the office, the longest waiting first."""
    if not actor.is_officer:
        return Report.objects.none()
    return Report.objects.filter(state=Report.State.FILED).order_by("filed_on", "pk")[:MOST_REPORTS]


def to_review(actor: Post) -> list[Matter]:
    """Return the reports that wait for the office."""
    rows = unreviewed(actor).select_related(
        "assignment__task", "assignment__organization", "quarter"
    )
    return [
        Matter(
            _("审核"),
            f"{task_of(row.assignment)} · {local(row.assignment.organization)}",
            str(row.quarter),
            None,
            reverse("review_one", args=[row.pk]),
            _("审核"),
        )
        for row in rows
    ]


def unconfirmed(actor: Post) -> QuerySet[Reading]:
    """Return the policy papers that an officer may enter as plans."""
    return Reading.objects.filter(plan=None) if actor.is_officer else Reading.objects.none()


def to_confirm(actor: Post) -> list[Matter]:
    """Return the policy papers that were read and are not yet entered as plans."""
    return [
        Matter(_("政策"), str(row), "", None, reverse("policy", args=[row.pk]), _("确认"))
        for row in unconfirmed(actor)
    ]


def to_answer(actor: Post) -> list[Matter]:
    """Return the changed standards that documents of the actor's unit cite."""
    return [
        Matter(
            _("引用处置"),
            one.alert.words,
            _("{n} 份文件").format(n=one.count)
            + (_("，已催办 {n} 次").format(n=one.chased) if one.chased else ""),
            one.due_on,
            one.href,
            _("答复"),
        )
        for one in duties.owed(actor)
    ]


def badge(actor: Post, day: date) -> str:
    """Return how much waits for an actor, as the menu shows it: at most “99+”.

    Every page asks for it, so nothing is loaded that can be counted.
    """
    n = sum(rows.count() for _quarter, rows in unfiled(actor, day))
    n += unreviewed(actor).count() + unconfirmed(actor).count() + len(duties.owed(actor))
    n += tray.number(actor)
    return f"{tray.MOST}+" if n > tray.MOST else str(n or "")


def waiting(request: HttpRequest, day: date) -> dict[str, Any]:
    """Return what waits: the strategy's matters and the desk's cases in one order."""
    actor = request.actor
    matters = [*to_file(actor, day), *to_review(actor), *to_confirm(actor), *to_answer(actor)]
    matters.sort(key=lambda matter: (matter.due_on or date.max, matter.title))
    page = tray.waiting(actor, matters, request.GET.get("page"))
    found = [row if isinstance(row, Matter) else to_handle(row) for row in page.object_list]
    return {"page": page, "rows": [(matter, matter.days_left(day)) for matter in found]}


def to_handle(case: Case) -> Matter:
    """Return a case of the desk as a matter."""
    note = f"{case.number} {case.procedure.name}"
    name = str(case.stage.name)
    return Matter(
        name, case.title, note, case.due_on, case.get_absolute_url(), pgettext("button", "办理")
    )


@post_holder
def page(request: HttpRequest) -> HttpResponse:
    """What waits for this actor, what they were told, what they did, what they began."""
    day, tab = timezone.localdate(), request.GET.get("tab", "")
    if tab in LISTS:
        shown: Page[Any] = Paginator(LISTS[tab](request.actor), tray.A_PAGE).get_page(
            request.GET.get("page")
        )
        rows: list[Any] = list(shown.object_list)
        rows = tray.named(rows) if tab == "done" else rows
        context: dict[str, Any] = {"page": shown, "rows": rows}
    else:
        tab, context = "", waiting(request, day)
    counts = {"told": tray.unread(request.actor)}
    counts |= {} if tab else {"": context["page"].paginator.count}
    context |= {"day": day, "tab": tab, "tabs": tray.tabs(tab, counts)}
    return render(request, "inbox/page.html", context)


@post_holder
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message as read, or all of them."""
    pk = number(request.POST.get("message", ""))
    if pk is not None or "all" in request.POST:
        tray.mark_read(request.actor, pk)
    return redirect(f"{reverse('inbox')}?tab=told")


LISTS: dict[str, Callable[[Post], Any]] = {
    "told": tray.told,
    "done": tray.done,
    "begun": tray.begun,
}
