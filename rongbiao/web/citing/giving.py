"""Giving (下载核查结果): Excel, Word with comments, references of GB/T 7714."""

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.exchange.citing import outgoing
from rongbiao.exchange.citing.checks import Check, State
from rongbiao.exchange.citing.findings import ACT, GROUPS
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import KINDS, Unreadable
from rongbiao.web.citing.asking import of_visitor


def readable(check: Check) -> list[int]:
    """Return the places of the files of a check that have a result."""
    return [n for n, one in enumerate(check.items) if one.state == State.DONE and one.kind != "zip"]


def of_file(check: Check, place: int) -> Check:
    """Return a check that has a result for a file."""
    if place not in readable(check):
        raise Http404(_("没有这个文件的核查结果。"))
    return check


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to save."""
    media = KINDS[kind].media + ("; charset=utf-8" if kind == "txt" else "")
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    answer["Cache-Control"] = "no-store"
    return answer


def asked(request: HttpRequest) -> str:
    """Return the group that the address asks for, or nothing."""
    only = request.GET.get("only", "")
    return only if only in {ACT, *GROUPS} else ""


def stem(check: Check, place: int) -> str:
    """Return the name of a file without its ending."""
    return PurePath(check.items[place].name).stem or _("未命名")


@of_visitor
def all_rows(request: HttpRequest, check: Check) -> HttpResponse:
    """Give the findings of all files as Excel."""
    made = outgoing.table(check, readable(check), _("全部文件"), only=asked(request))
    return sent(made, "xlsx", _("引用核查"))


@of_visitor
def rows(request: HttpRequest, check: Check, place: int) -> HttpResponse:
    """Give the findings of one file as Excel."""
    of_file(check, place)
    made = outgoing.table(check, [place], check.items[place].name, only=asked(request))
    return sent(made, "xlsx", f"{stem(check, place)}-{_('引用核查')}")


@of_visitor
def comments(request: HttpRequest, check: Check, place: int) -> HttpResponse:
    """Give a file with a comment at every citation."""
    of_file(check, place)
    try:
        made = outgoing.commented(check, place)
    except Unreadable as why:
        raise Refused(why.told(_)) from why
    return sent(made, "docx", f"{stem(check, place)}-{_('引用批注')}")


@of_visitor
def all_references(request: HttpRequest, check: Check) -> HttpResponse:
    """Give what all files cite as references."""
    return listed(request, check, readable(check), _("全部文件"))


@of_visitor
def references(request: HttpRequest, check: Check, place: int) -> HttpResponse:
    """Give what one file cites as references."""
    of_file(check, place)
    return listed(request, check, [place], stem(check, place))


def listed(request: HttpRequest, check: Check, places: list[int], name: str) -> HttpResponse:
    """Answer with references of GB/T 7714, as cited or in their present editions."""
    lines = outgoing.bibliography(check, places, present="present" in request.GET)
    return sent("".join(lines).encode(), "txt", f"{name}-{_('参考文献')}")
