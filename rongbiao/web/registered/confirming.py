"""Confirming (确认引用): what was found in a document is confirmed or struck out, one by one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.parties.refused import Refused
from rongbiao.standards.citing import registering, who
from rongbiao.standards.currency import standings
from rongbiao.standards.models import CitingDocument, KeptCitation
from rongbiao.web.doors import post_holder
from rongbiao.web.registered.words import Judged, judged


@dataclass(frozen=True)
class Line:
    """One finding as the form shows it: checked or not, and the number that is meant."""

    kept: KeptCitation
    number: str
    checked: bool
    seen: Judged | None


def answered(request: HttpRequest, pk: int) -> CitingDocument:
    """Return a document for which this actor answers; any other is answered as none."""
    document = CitingDocument.objects.select_related("organization", "file").filter(pk=pk).first()
    if document is None or not who.answers(request.actor, document):
        raise Http404(_("没有这个引用文件。"))
    return document


@post_holder
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what a document cites."""
    document, refusal = answered(request, pk), ""
    if document.confirmed_on:
        return redirect(document)
    if request.method == "POST":
        try:
            said = read(request, document)
            registering.confirm(document, said, actor=request.actor, day=timezone.localdate())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("已确认。所引用的标准有变化时，会在待办中告知。"))
            return redirect(document)
    context = {"document": document, "lines": lines(request, document), "refusal": refusal}
    return render(request, "registered/confirm.html", context, status=409 if refusal else 200)


def read(request: HttpRequest, document: CitingDocument) -> dict[int, str]:
    """Return what the form says of each finding: the number that is meant, or nothing."""
    chosen = set(request.POST.getlist("keep"))
    said = {}
    for place in document.citations.values_list("place", flat=True):
        number = request.POST.get(f"number-{place}", "").replace("\0", "").strip()[:200]
        if str(place) in chosen and not number:
            raise Refused(_("第 {place} 处已选为引用，请填写标准编号。").format(place=place))
        said[place] = number if str(place) in chosen else ""
    return said


def lines(request: HttpRequest, document: CitingDocument) -> list[Line]:
    """Return the findings as they were, or as the form that came back says."""
    found = list(document.citations.all())
    numbers = [one.number for one in found if one.number]
    seen = dict(zip(numbers, judged(standings(numbers, timezone.localdate())), strict=True))
    sent, chosen = request.method == "POST", set(request.POST.getlist("keep"))
    return [
        Line(
            one,
            request.POST.get(f"number-{one.place}", "") if sent else one.number,
            str(one.place) in chosen if sent else bool(one.number),
            seen.get(one.number),
        )
        for one in found
    ]


@post_holder
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a document that was not confirmed yet."""
    document = answered(request, pk)
    registering.withdraw(document, actor=request.actor, day=timezone.localdate())
    messages.success(request, _("已撤回“{document}”。").format(document=document))
    return redirect("citing_documents")
