"""What an officer does with a campaign (办理): freeze, reveal, send, open, publish, tell."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.parties import draws
from rongbiao.parties.models import Draw
from rongbiao.parties.refused import Refused
from rongbiao.procedures.supervision import campaigns as desk
from rongbiao.standards.models import Campaign
from rongbiao.standards.supervising import planning
from rongbiao.web.doors import officer
from rongbiao.web.supervision.campaigns import campaign_of

Act = Callable[[Campaign, Any], object]


def _reveal(draw: Draw | None, witness: str, by: Any) -> Draw:
    if draw is None:
        raise Refused(_("名单还没有冻结，不能抽取。"))
    return draws.reveal(draw, witness, **by)


def _acts(request: HttpRequest) -> dict[str, tuple[Act, str]]:
    """Return every act with what is said when it is done."""
    said = {name: request.POST.get(name, "") for name in ("witness", "where", "number")}
    witness = said["witness"][:60]
    return {
        "freeze": (lambda row, by: planning.freeze(row, **by), _("抽查总体已冻结，摘要和承诺已公布。")),
        "draw-objects": (
            lambda row, by: _reveal(row.objects_draw, witness, by), _("检查对象已抽取。"),
        ),
        "staff": (lambda row, by: planning.staff(row, **by), _("检查人员名单已冻结。")),
        "draw-people": (
            lambda row, by: _reveal(row.people_draw, witness, by), _("检查人员已抽取。"),
        ),
        "open": (lambda row, by: desk.open_all(row, **by), _("已立案；件数多的在后台办理。")),
        "publish": (
            lambda row, by: desk.publish_all(row, said["where"], **by),
            _("已公示；件数多的在后台办理。"),
        ),
        "report": (lambda row, by: desk.report(row, said["number"], **by), _("通报已发布。")),
    }  # fmt: skip


@officer
@require_POST
def page(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Do one act and go back to the campaign."""
    row = campaign_of(number)
    known = _acts(request).get(what)
    if known is None:
        raise Http404(_("没有这一动作。"))
    act, done = known
    try:
        act(row, {"actor": request.actor, "day": timezone.localdate()})
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(row)
