"""Files (附件): always a download, never a page; only for who may see what they belong to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.standards.citing import who as citing
from rongbiao.standards.models import CitingDocument
from rongbiao.strategy import who
from rongbiao.strategy.models import Assignment, Evidence
from rongbiao.web.doors import post_holder


def may_see(request: HttpRequest, file: File) -> bool:
    """Tell whether this actor may have a file: the office, or the unit whose evidence it is."""
    if request.actor.is_officer or file.readings.exists() or file.decision_set.exists():
        return True
    if CitingDocument.objects.filter(citing.answered_by(request.actor), file=file).exists():
        return True
    own = Assignment.objects.filter(who.reports_on.rows(request.actor))
    return Evidence.objects.filter(file=file, report__assignment__in=own).exists()


@post_holder
def download(request: HttpRequest, sha256: str) -> HttpResponse:
    """Give a file to save; what may not be had is answered as what does not exist."""
    file = File.objects.filter(sha256=sha256).first()
    if file is None or not may_see(request, file):
        raise Http404(_("没有这个文件。"))
    answer = HttpResponse(file.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
