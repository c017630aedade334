"""Giving (验收清单下载): the sealed tender comes back with its groups and becomes a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.exchange.papers.comments_excel import XLSX
from rongbiao.exchange.papers.packages import DOCX
from rongbiao.exchange.procurement import checklist_paper, checklist_sheet, opened
from rongbiao.web.doors import published

KINDS = {"docx": (checklist_paper, DOCX), "xlsx": (checklist_sheet, XLSX)}


@published
def file(request: HttpRequest) -> HttpResponse:
    """Give the checklist as a file of the kind whose button was pressed."""
    if request.method != "POST":
        return redirect("procurement")
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404(_("没有这种文件。"))
    tender = opened(request.POST.get("seal", "")).grouped(chosen(request))
    make, media = KINDS[kind]
    answer = HttpResponse(make(tender), content_type=media)
    name = f"{tender.name.rpartition('.')[0] or tender.name} {_('验收清单')}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def chosen(request: HttpRequest) -> dict[int, str]:
    """Return the group that a person chose for each item, by its place."""
    return {
        int(name[1:]): str(value)
        for name, value in request.POST.items()
        if name[:1] == "g" and name[1:].isascii() and name[1:].isdigit() and len(name) < 6
    }
