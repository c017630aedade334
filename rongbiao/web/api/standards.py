"""Reading standards (读标准): a page of them by the filters of the page, and one with all it has."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Router
from ninja import Query as Params
from pydantic import BeforeValidator

from rongbiao.exchange.export import cite, record
from rongbiao.exchange.export.records import issued
from rongbiao.standards import search
from rongbiao.standards.currency import standing
from rongbiao.standards.kin import family, present_of, toward
from rongbiao.standards.models import Relation, Standard
from rongbiao.standards.sources import sources
from rongbiao.texts.numbers import NotANumber, read_number
from rongbiao.web.exports import by_slug
from rongbiao.web.standard import key_of, meant

from . import schemas
from .paging import read_cursor, stretch
from .problems import Problem

router = Router(tags=[gettext_noop("标准")])
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PROBLEMS = dict.fromkeys((401, 404, 422, 429), schemas.Problem)
SLUG = Path(..., description=gettext_noop("标准编号，斜线写作 ~"))
MOST_RELATED = 500  # relations of one kind of end that a page of one standard lists


def written_out(said: Any) -> Any:
    """Return a day as it was said, written out; a bare figure would count seconds since 1970."""
    if isinstance(said, str) and not DAY.fullmatch(said):
        raise ValueError(_("日期应写作 2025-03-01。"))
    return said


Day = Annotated[date, BeforeValidator(written_out)]


@router.get(
    "/standards",
    response={200: schemas.Standards} | PROBLEMS,
    summary=gettext_noop("检索标准"),
    description=gettext_noop(
        "按与标准检索页相同的条件取标准，按编号排序，逐页取完：沿 next 走到 null 为止。"
        "游标记住的是最后一项标准，其间新增或删除标准，不会使后面的页重复或遗漏。"
    ),
    openapi_extra={"x-example": "?q=养殖&status=current&facets=level&limit=5"},
)
def list_standards(request: HttpRequest, asked: Params[schemas.Asked]) -> dict[str, Any]:
    """Give a page of standards by number; the cursor remembers the last one of it."""
    query = search.asked(dict(request.GET.lists()), facets=asked.facets)
    whole, rows, cursor = stretch(query, read_cursor(asked.cursor), asked.limit)
    counts = {
        name: [{"value": value, "count": count} for value, count in pairs]
        for name, pairs in whole.facets.items()
    }
    return {
        "total": whole.total,
        "items": [of_list(row) for row in rows],
        "next": next_address(request, str(cursor)) if cursor else None,
        "facets": counts,
        "meant": whole.meant,
    }


def next_address(request: HttpRequest, cursor: str) -> str:
    """Return the address of the next page: the same question, from the cursor on."""
    said = request.GET.copy()
    said["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{said.urlencode()}")


def of_list(row: Standard) -> dict[str, Any]:
    """Return a standard as lists give it."""
    return record(row) | {"slug": row.slug, "shown": row.shown}


def found(slug: str) -> Standard:
    """Return the standard that an address names, by its slug or by a number as somebody wrote it.

    A number without its year means the edition in force, as it does for pages and ``standing_on``;
    raises Problem when there is none.
    """
    standard = by_slug(slug)
    if standard is None:
        with suppress(NotANumber):
            standard = meant(read_number(key_of(slug)))
    if standard is None:
        raise Problem("not-found", _("没有编号为“{slug}”的标准。").format(slug=slug[:100]))
    return standard


@router.get(
    "/standards/{slug}",
    response={200: schemas.Detail} | PROBLEMS,
    summary=gettext_noop("一项标准"),
    description=gettext_noop(
        "取一项标准的全部栏目，连同起草单位、与其他标准的关系、同一编号的各版本、不一致的来源记载。"
    ),
)
def one_standard(request: HttpRequest, slug: str = SLUG) -> dict[str, Any]:
    """Give one standard with all it has."""
    row = found(slug)
    editions = family(row)
    parts = row.participations.select_related("organization").order_by("place")
    return of_list(row) | {
        "citation": cite(row),
        "participations": [
            {
                "name": part.name,
                "place": part.place,
                "part": part.part,
                "organization": part.organization.name if part.organization else None,
            }
            for part in parts
        ],
        "relations": relations_of(row, editions),
        "claims": claims_of(row),
        "editions": [of_edition(one) for one in editions],
    }


@router.get(
    "/standards/{slug}/standing",
    response={200: schemas.Standing} | PROBLEMS,
    summary=gettext_noop("某日是否有效"),
    description=gettext_noop(
        "判断一个编号在某日是否有效、被什么代替；可以不写年份，本库没有收录的编号也作答。"
        "sure 为 false 时，结论由前后版本推定，来源没有载明，why 说明理由。"
    ),
    openapi_extra={"x-example": "GB~T 1.1-2009/standing?on=2015-01-01"},
)
def standing_on(
    request: HttpRequest,
    slug: str = SLUG,
    on: Day | None = Params(None, description=gettext_noop("哪一天，默认今天")),  # noqa: B008  ninja's way
) -> dict[str, Any]:
    """Tell whether a number holds on a day, and what replaced it."""
    said = standing(slug.replace("\x00", "").replace("~", "/")[:200], on or timezone.localdate())
    if not said.number:
        raise Problem("not-found", said.why or _("没有读出编号。"))
    return {
        "number": said.number,
        "on": said.on,
        "state": said.state.value,
        "edition": said.edition.number if said.edition else None,
        "since": said.since,
        "replaced_by": list(said.replaced_by),
        "chain": list(said.chain),
        "present": said.present or None,
        "sure": said.sure,
        "why": said.why,
        "basis": said.basis,
        "source": said.source,
        "candidates": list(said.candidates),
    }


def relations_of(row: Standard, editions: list[Standard]) -> list[dict[str, Any]]:
    """Return what a standard is to others and others to it, read from this end.

    A relation to a number without its year is one to the present edition.
    """
    outgoing = Relation.objects.filter(subject_key=row.key)[:MOST_RELATED]
    present = present_of(editions).pk == row.pk
    incoming = Relation.objects.filter(toward(row, present=present))[:MOST_RELATED]
    ends = [(one, True, one.object_key) for one in outgoing]
    ends += [(one, False, one.subject_key) for one in incoming]
    keys = {key for _one, _out, key in ends}
    held = set(Standard.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        {
            "kind": one.kind,
            "words": str(one.get_kind_display() if out else one.reverse_words),
            "outgoing": out,
            "number": one.object if out else one.subject,
            "slug": key.replace("/", "~") if key in held else None,
            "dated": one.dated,
            "since": one.since,
            "source": one.source,
            "basis": one.basis,
        }
        for one, out, key in ends
    ]


def claims_of(row: Standard) -> list[dict[str, Any]]:
    """Return what each source says where they disagree, and which was chosen."""
    known = sources()
    return [
        {
            "field": claim.field,
            "value": claim.value,
            "source": claim.source,
            "source_name": str(known[claim.source]) if claim.source in known else claim.source,
            "source_on": claim.source_on,
            "chosen": claim.value == as_claimed(row, claim.field),
        }
        for claim in row.claims.order_by("field", "id")
    ]


def as_claimed(row: Standard, field: str) -> str:
    """Return a column as claims write it: days in ISO, nothing for None."""
    value = getattr(row, field, None)
    return "" if value is None else str(value)


def of_edition(row: Standard) -> dict[str, Any]:
    """Return an edition as lists of editions give it."""
    return {
        "slug": row.slug,
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "issued_on": issued(row) or None,
    }
