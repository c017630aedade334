"""Exports (导出): what a question finds, or one standard, as a file of a kind."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.exchange.export import KINDS, Kind, walk
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.web.doors import published
from rongbiao.web.limits import address_of
from rongbiao.web.standard import key_of

LIMIT, SECONDS = 60, 600  # files from one address


class KindConverter:
    """What stands after the last dot of an address: only the kinds that there are."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> Kind:
        return KINDS[value]

    def to_url(self, value: Kind | str) -> str:
        return value.key if isinstance(value, Kind) else value


def sent(standards, kind: Kind, name: str) -> HttpResponseBase:
    """Answer with standards as a file, sent while it is written."""
    day = timezone.localdate()
    answer = StreamingHttpResponse(kind.pieces(standards, day), content_type=kind.media)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}-{day}.{kind.key}")
    return answer


@published
def download(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    """Give what the question of the address finds, all of it, in the order of its page."""
    if not spend(f"export:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return too_often(request)
    query = search.asked(dict(request.GET.lists()), size=1)
    if kind.most and (found := search.engine().search(query).total) > kind.most:
        raise Refused(
            _(
                "共 {found} 项标准，超过 Excel 一次导出 {most} 项的上限，请缩小范围，或改用 CSV。"
            ).format(found=found, most=kind.most)
        )
    return sent(() if request.method == "HEAD" else walk(query), kind, "standards")


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer an address that took too many files in too short a time."""
    words = _("该网络地址十分钟内已导出 {n} 次，请稍后再试；成批取数请用每日全量数据。").format(
        n=LIMIT
    )
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer


@published
def one(request: HttpRequest, slug: str, kind: Kind) -> HttpResponseBase:
    """Give one standard as a file."""
    standard = by_slug(slug)
    if standard is None:
        raise Http404(_("没有这项标准。"))
    return sent([standard], kind, slug.replace("~", "-"))


def by_slug(slug: str) -> Standard | None:
    """Return the standard of an address, with its drafting units."""
    rows = Standard.objects.prefetch_related("participations")
    return rows.filter(key=key_of(slug)).first()
