"""实名举报: the form that anybody fills in, never in the name of an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from rongbiao.cases import desk
from rongbiao.parties import rules
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.procedures.named_report import NamedReportProcedure
from rongbiao.standards.models import Declaration
from rongbiao.web.cases.doing import LIMIT, SECONDS, too_often
from rongbiao.web.cases.filling import form_of, new_token, number, sent
from rongbiao.web.doors import public
from rongbiao.web.limits import address_of

RULES = ("right_to_report", "taking_days", "verifying_days", "telling_days")


@public
def new_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a report in and lead to its receipt."""
    if request.method == "POST":
        return _bounded(request) or filed(request)
    return shown(request, form_of(_action(), None, request, first(request)))


def _action() -> Any:
    return NamedReportProcedure.stages[0].actions()[0]


def _bounded(request: HttpRequest) -> HttpResponse | None:
    """Bound what one address sends, whoever is signed in there: the account is not asked."""
    if request.actor is None:
        return too_often(request)
    spent = spend(f"desk:{address_of(request)}", limit=LIMIT, seconds=SECONDS)
    return None if spent else render(request, "429.html", {"words": ""}, status=429)


def first(request: HttpRequest) -> dict[str, str]:
    """Return what the page of a declared item has filled in already (``?declaration=``)."""
    pk = number(request.GET.get("declaration", ""))
    rows = Declaration.objects.select_related("organization")
    item = rows.filter(pk=pk).first() if pk else None
    return {"number": item.number, "firm": item.organization.name} if item else {}


def filed(request: HttpRequest) -> HttpResponse:
    """File a report; nothing of the session goes with it."""
    try:
        said = sent(request)
        about = Declaration.objects.filter(organization__name=request.POST.get("firm", "").strip())
        world = about.exists() and not about.filter(demonstration=False).exists()
        case = desk.open_case(
            NamedReportProcedure, actor=None, day=timezone.localdate(), answers=request.POST,
            files=said.files, token=said.token or new_token(), demonstration=world,
        )  # fmt: skip
    except Refused as refused:
        form = form_of(_action(), None, request)
        if form.is_valid():
            form.add_error(None, str(refused))
        return shown(request, form, 409)
    entry = case.entries.order_by("seq")[0]
    return redirect(f"{reverse('receipts')}?{urlencode({'number': entry.receipt or ''})}")


def shown(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    """Show the form with what becomes of a report and who reads the name."""
    law = rules.table("supervision").at(timezone.localdate())
    context = {
        "form": form,
        "rules": [law.rule(key) for key in RULES],
        "token": request.POST.get("token") or new_token(),
        "open_part": [form[name] for name in ("firm", "number", "words")],
        "closed_part": [form[name] for name in ("person", "phone", "email", "private", "file")],
    }
    return render(request, "supervision/report.html", context, status=status)
