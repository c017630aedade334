"""The enterprise's desk (本企业标准): what is prepared with its findings, what is public; the acts."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rongbiao.cases import desk
from rongbiao.parties.refused import Refused
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.standards.checks import Grade, running
from rongbiao.standards.models import Declaration, Precheck, Statement
from rongbiao.web.cases.filling import new_token
from rongbiao.web.doors import declarer

PAGE = 50
TONES = {Grade.BAR: "bad", Grade.MUST: "warn", Grade.NOTE: "info"}


@declarer
def page(request: HttpRequest) -> HttpResponse:
    """Show what the enterprise prepares and what it has public."""
    run = latest(request)
    if request.htmx:
        answer = render(request, "declaring/_run.html", {"run": run})
        if run is None or run.state == Precheck.State.DONE:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "declaring/desk.html", seen(request, run))


def latest(request: HttpRequest) -> Precheck | None:
    """Return the last precheck of the enterprise."""
    return Precheck.objects.filter(organization=request.actor.organization).first()


def seen(request: HttpRequest, run: Precheck | None) -> dict[str, Any]:
    """Return what the desk shows."""
    unit, day = request.actor.organization, timezone.localdate()
    drafts = Statement.objects.preparing(unit).defer("words").annotate(n=Count("indicators"))
    page = Paginator(drafts.order_by("number"), PAGE).get_page(request.GET.get("page"))
    held = Declaration.objects.filter(organization=unit).select_related("replaced_by")
    public = Paginator(held, PAGE).get_page(request.GET.get("public"))
    return {
        "unit": unit,
        "day": day,
        "run": run,
        "page": page,
        "rows": [(row, tally(row)) for row in page],
        "public": [(row, row.state_on(day)) for row in public],
        "public_page": public,
        "unchecked": drafts.filter(checked_on=None).count(),
        "token": new_token(),
    }


def tally(row: Statement) -> list[tuple[str, int]]:
    """Return how many findings of each grade a draft has, with the tone of the grade."""
    counts = Counter(one["grade"] for one in row.findings)
    return [(TONES[grade], counts[grade]) for grade in Grade if counts[grade]]


@declarer
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Look through everything that the enterprise prepares; much of it in the background."""
    unit = request.actor.organization
    run = running.order(unit, actor=request.actor, day=timezone.localdate())
    if run.state == Precheck.State.DONE:
        words = ngettext(
            "已预检 %(n)d 项，其中 %(found)d 项有发现。",
            "已预检 %(n)d 项，其中 %(found)d 项有发现。",
            run.total,
        )
        messages.success(request, words % {"n": run.total, "found": run.counts.get("with", 0)})
    return redirect("declaring")


@declarer
def declare(request: HttpRequest) -> HttpResponse:
    """Declare what is chosen, or end what is chosen: one act at the desk of cases."""
    if request.method != "POST":  # the list was paged, or read again, after a refusal
        return redirect(f"{reverse('declaring')}?{request.GET.urlencode()}")
    try:
        case = desk.open_case(
            SelfDeclaration, actor=request.actor, day=timezone.localdate(), answers=said(request),
            token=request.POST.get("token", "")[:64],
        )  # fmt: skip
    except Refused as refused:
        return again(request, refused)
    words = _("已办理，办件号 {number}：{title}。").format(number=case.number, title=case.title)
    messages.success(request, words)
    return redirect("declaring")


def said(request: HttpRequest) -> dict[str, Any]:
    """Return what a form of the desk asks for."""
    chosen = request.POST.getlist("statements")
    if "all" in request.POST:
        drafts = Statement.objects.preparing(request.actor.organization)
        chosen = [str(pk) for pk in drafts.values_list("pk", flat=True)]
    return {
        "statements": chosen,
        "withdrawn": request.POST.getlist("withdrawn"),
        "reason": request.POST.get("reason", ""),
        "true": request.POST.get("true", ""),
    }


def again(request: HttpRequest, why: Refused) -> HttpResponse:
    """Show the desk again as it was sent, and why it could not be done."""
    post, run = request.POST, latest(request)
    context = seen(request, run) | {
        "refusal": str(why),
        "ticked": post.getlist("statements"),
        "ended": post.getlist("withdrawn"),
        "reason": post.get("reason", ""),
        "true": "true" in post and "reason" not in post,  # the other form says so by itself
    }
    return render(request, "declaring/desk.html", context, status=409)
