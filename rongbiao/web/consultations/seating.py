"""Seating (抽取评审专家): a panel is drawn, revealed and asked on its own page, without leaving the dossier.

Whom the draw must leave out, and in which fields it looks, is taken from the dossier; the
whole set of conditions stays on the page of draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Action
from rongbiao.parties import draws
from rongbiao.parties.models import Draw, Organization
from rongbiao.parties.refused import Refused
from rongbiao.procedures.recusal import units_of
from rongbiao.stages import reach
from rongbiao.stages.panel import Panel
from rongbiao.standards import pools
from rongbiao.texts import classes
from rongbiao.web.cases.filling import form_of
from rongbiao.web.cases.one import seen
from rongbiao.web.doors import officer
from rongbiao.web.draws import DrawForm

ASKED = ("codes", "count", "reserves", "per_unit")  # on the page of the panel
CONVENED = ("profile", "meets_on", "draw")


@dataclass(frozen=True)
class Drawn:
    """A draw for a panel as its page shows it."""

    draw: Draw
    seats: bool  # it seated the panel


def draws_of(case: Case, stage: Panel) -> list[Draw]:
    """Return the draws for a panel of a case, oldest first; one query."""
    rows = Draw.objects.filter(basis=case.number, purpose=purpose(stage))
    return list(
        rows.filter(demonstration=case.demonstration).defer("lots", "grounds").order_by("pk")
    )


def purpose(stage: Panel) -> str:
    """Return what a panel is drawn for, in the language of records."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(stage.name)


def conditions(case: Case, stage: Panel) -> dict[str, Any]:
    """Return the conditions of a draw as the dossier gives them."""
    filed = case.entries.filter(stage_key=case.procedure.stages[0].key, action_key="submit").last()
    said = filed.answers if filed else {}
    codes = f"{said.get('ics', '')} {said.get('ccs', '')}".split()
    names = Organization.objects.filter(pk__in=units_of(case)).values_list("name", flat=True)
    plain = {name: field.initial for name, field in DrawForm().fields.items()}
    return {name: value for name, value in plain.items() if value is not None} | {
        "purpose": purpose(stage),
        "basis": case.number,
        "codes": " ".join(code for code in codes if classes.within(code)),
        "units": "\n".join(names),
    }


def block(
    request: HttpRequest, case: Case, stage: Panel, convened: Entry | None, convene: Action | None
) -> dict[str, Any]:
    """Return what the page of a panel shows of its draws; ``convene``: who reads may ask experts."""
    found, seated = draws_of(case, stage), (convened.answers.get("draw") if convened else "")
    office = bool(request.actor and request.actor.is_officer)  # who else asks experts names them
    open_now = office and convene is not None and case.stage_key == stage.key
    open_now = bool(
        open_now and convene and not reach.hindrance(case, convene, timezone.localdate())
    )
    shown: dict[str, Any] = {
        "drawn": [Drawn(one, one.number == seated) for one in found],
        "draw_open": open_now,
    }
    if not open_now or convene is None:
        return shown
    given = conditions(case, stage)
    last = found[-1] if found else None
    ready = last is not None and last.state == Draw.State.DRAWN and last.number != seated
    form = DrawForm(initial=given, auto_id="draw_%s")
    return shown | {
        "draw_fields": [form[name] for name in ASKED],
        "draw_more": f"{reverse('draw_new')}?{urlencode(given)}",
        "draw_aside": given["units"].split("\n") if given["units"] else [],
        "draw_last": last,
        "convening": [form_of(convene, case, request)[name] for name in CONVENED] if ready else [],
    }  # fmt: skip


@officer
@require_POST
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Freeze a list for the panel that sits now, or reveal what was frozen; go back to the panel."""
    case = seen(request, number)
    stage = case.stage
    if case.closed_on or not isinstance(stage, Panel):
        raise Http404(_("本件现在没有评审。"))
    try:
        revealed(request, case, stage) if "reveal" in request.POST else frozen(request, case, stage)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('case_panel', args=[case.number])}?stage={stage.key}#draw")


def frozen(request: HttpRequest, case: Case, stage: Panel) -> None:
    """Freeze a list under the conditions of the dossier and of the page."""
    given = conditions(case, stage)
    form = DrawForm(given | {name: request.POST[name] for name in ASKED if name in request.POST})
    if not form.is_valid():
        field, complaints = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[field].label}：{complaints[0]}")
    by: dict[str, Any] = {"actor": request.actor, "day": timezone.localdate()}
    draw = pools.freeze(given["purpose"], given["basis"], form.wanted(), **by)
    messages.success(request, _("名单已冻结，承诺已公布：{number}。").format(number=draw))


def revealed(request: HttpRequest, case: Case, stage: Panel) -> None:
    """Reveal the seed of a draw for this panel."""
    asked = request.POST.get("reveal", "")
    draw = next((one for one in draws_of(case, stage) if one.number == asked), None)
    if draw is None:
        raise Refused(_("没有这次抽取，请刷新页面后再办。"))
    witness, day = request.POST.get("witness", ""), timezone.localdate()
    draws.reveal(draw, witness, actor=request.actor, day=day)
    messages.success(request, _("已抽取：{number}。").format(number=draw))
