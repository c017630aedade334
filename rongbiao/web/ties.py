"""My ties (我的利害关系): what an expert declares, and takes back; what follows from it is told."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.parties import experts, journal
from rongbiao.parties.models import Tie
from rongbiao.parties.refused import Refused
from rongbiao.procedures import recusal
from rongbiao.web.cases.filling import number
from rongbiao.web.doors import expert
from rongbiao.web.experts import TieForm

BASIS = "本人申报"  # kept in the row, so Chinese whatever the reader's language


class OwnTieForm(TieForm):
    """What an expert declares: bound to a unit, on nothing but their own word."""

    basis = None  # type: ignore[assignment]
    account = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].required = True


@expert
def page(request: HttpRequest) -> HttpResponse:
    """Show what this expert has declared; declare more, or take something back."""
    form = OwnTieForm(request.POST if "declare" in request.POST else None)
    try:
        if "withdraw" in request.POST:
            return withdrawn(request)
        if form.is_bound and form.is_valid():
            return declared(request, form)
    except Refused as refused:
        form.add_error(None, str(refused)) if form.is_bound else messages.error(
            request, str(refused)
        )
    return shown(request, form)


def shown(request: HttpRequest, form: OwnTieForm) -> HttpResponse:
    """Show the page with a form."""
    rows = Tie.objects.filter(post__person=request.actor.person).select_related("organization", "person")  # fmt: skip
    context = {
        "form": form, "ties": rows.order_by("-pk"), "day": timezone.localdate(),
        "lines": journal.lines_of(request.actor),
    }  # fmt: skip
    status = 409 if request.method == "POST" else 200
    return render(request, "ties/page.html", context, status=status)


@transaction.atomic
def declared(request: HttpRequest, form: OwnTieForm) -> HttpResponse:
    """Declare a tie; leave the panels that it touches, and tell which."""
    actor, day = request.actor, timezone.localdate()
    tie = experts.declare_tie(actor, **form.cleaned_data, basis=BASIS, actor=actor, day=day)
    messages.success(request, _("已申报，今后的抽取自动回避。"))
    for case in recusal.stand_aside(tie, day):
        messages.warning(
            request, _("您已退出{case}“{stage}”的评审。").format(case=case, stage=case.stage.name)
        )
    return redirect("ties")


def withdrawn(request: HttpRequest) -> HttpResponse:
    """Take back one of this expert's own ties."""
    actor, pk = request.actor, number(request.POST["withdraw"]) or 0
    tie = Tie.objects.select_related("post").filter(pk=pk, post__person=actor.person).first()
    if tie is None:
        raise Refused(_("没有这项申报，请刷新页面后再办。"))
    why = request.POST.get("why", "")
    experts.withdraw_tie(tie, why, actor=actor, day=timezone.localdate())
    messages.success(request, _("已撤回，记录保留；已经退出的评审不再恢复。"))
    return redirect("ties")
