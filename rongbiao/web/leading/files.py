"""Files by which anybody recomputes a ranking (可以重算): the plan's canonical text, the table."""

import csv
import io
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.texts.ranking import table
from rongbiao.web.doors import published
from rongbiao.web.leading.reading import Shown


def sent(content: bytes, media: str, name: str) -> HttpResponse:
    """Answer with a file to save."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def record_of(number: str) -> tuple[str, dict[str, Any]]:
    """Return the ranking of a plan that is before the public, or the last, or 404."""
    ranking = Shown(number, timezone.localdate()).ranking
    if ranking is None:
        raise Http404(_("这一方案还没有公开的排名。"))
    return ranking[0], ranking[1]


@published
def plan_file(request: HttpRequest, number: str) -> HttpResponse:
    """Give the canonical text of a plan: its SHA-256 is the digest that was published."""
    shown = Shown(number, timezone.localdate())
    return sent(shown.plan.text(), "application/json", f"plan-{number}.json")


@published
def ranking_json(request: HttpRequest, number: str) -> HttpResponse:
    """Give the ranking with all from which it is recomputed."""
    name, record = record_of(number)
    told = json.dumps(record, ensure_ascii=False, indent=1).encode()
    return sent(told, "application/json", f"ranking-{name}.json")


@published
def ranking_csv(request: HttpRequest, number: str) -> HttpResponse:
    """Give the ranking as a table."""
    name, record = record_of(number)
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(table(record))
    told = ("\ufeff" + buffer.getvalue()).encode()
    return sent(told, "text/csv; charset=utf-8", f"ranking-{name}.csv")
