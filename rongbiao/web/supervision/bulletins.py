"""The bulletin (通报) as a file: Word and PDF, its figures and its objects as Excel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.exchange import inspection_bulletin as made
from rongbiao.exchange.case_papers.offering import MEDIA
from rongbiao.exchange.papers.catalogue import PAPERS
from rongbiao.parties.allowance import spend
from rongbiao.standards.supervising import counting
from rongbiao.web.doors import published
from rongbiao.web.exports import LIMIT, SECONDS, too_often
from rongbiao.web.limits import address_of
from rongbiao.web.supervision.campaigns import campaign_of, inside

PAPER = next(one for one in PAPERS if one.key == "inspection_bulletin")
KINDS = {
    "docx": ("docx", lambda told: PAPER.files["docx"](made.report(told))),
    "pdf": ("pdf", lambda told: PAPER.files["pdf"](made.report(told))),
    "xlsx": ("xlsx", made.figures_excel),
    "objects": ("xlsx", made.objects_excel),
}


@published
def file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Give a bulletin to save: to everybody once it is issued, to the office before."""
    row = campaign_of(number)
    if kind not in KINDS or not row.opened_on or not (row.reported_on or inside(request)):
        raise Http404(_("通报还没有发布。"))
    if not spend(f"export:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return too_often(request)
    ending, make = KINDS[kind]
    answer = HttpResponse(make(counting.bulletin(row)), content_type=MEDIA[ending])
    name = f"{row.number} {PAPER.name}{'（抽查对象）' if kind == 'objects' else ''}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
