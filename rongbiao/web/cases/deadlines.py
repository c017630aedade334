"""Deadlines as a calendar (期限日历): behind a secret address, for any calendar program."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.exchange.icalendar import Day, calendar
from rongbiao.parties import tokens
from rongbiao.parties.models import Post
from rongbiao.stages import reach
from rongbiao.strategy import quarters
from rongbiao.web.doors import public

MOST = 1000  # deadlines
REPORTING = frozenset({Post.Role.REPORTER, Post.Role.LEADER})


@public
def page(request: HttpRequest, words: str) -> HttpResponse:
    """Give the deadlines of whoever holds the token that stands in the address."""
    token = tokens.recognize(words, timezone.localdate(), calendar=True)
    if token is None:
        raise Http404(_("没有这个日历，网址可能已作废。"))
    now = timezone.now()
    tokens.note_use(token, now)
    name = _("{unit}办理期限").format(unit=token.post.organization)
    body = calendar(name, days(request, token.post), moment=now, remind=_("办理期限将至"))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def days(request: HttpRequest, post: Post) -> list[Day]:
    """Return the deadlines of the cases on which somebody has something to do, and of their reports."""
    cases = reach.in_tray(post).exclude(due_on=None).order_by("due_on", "pk")[:MOST]
    found = [
        Day(
            uid=f"{case.number}-{case.stage_key}@rongbiao.{settings.CITY['code']}",
            on=case.due_on,
            title=_("{stage}期限：{title}").format(stage=case.stage.name, title=case.title),
            words=f"{case.number} {case.procedure.name}",
            address=request.build_absolute_uri(case.get_absolute_url()),
        )
        for case in cases
        if case.due_on
    ]
    return [*found, *reports(request, post)]


def reports(request: HttpRequest, post: Post) -> list[Day]:
    """Return the days by which a unit reports on its quarters, and the office expects all reports."""
    if post.role not in REPORTING and not post.is_officer:
        return []
    unit = None if post.is_officer else post.organization
    page = reverse("review" if post.is_officer else "reports")
    return [
        Day(
            uid=f"{quarter.plan.key}-{quarter.key}@rongbiao.{settings.CITY['code']}",
            on=quarter.due_on,
            title=_("季度填报截止：{quarter}").format(quarter=quarter),
            words=str(quarter.plan),
            address=request.build_absolute_uri(page),
        )
        for quarter in quarters.due_for(unit, timezone.localdate())
    ]
