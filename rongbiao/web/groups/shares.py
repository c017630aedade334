"""Shares (供给结构): government and market standards by year and field, with the rows behind them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.exchange.tables import csv_lines
from rongbiao.strategy import shares
from rongbiao.strategy.shares import Side
from rongbiao.texts import classes
from rongbiao.web.classes import NAMES
from rongbiao.web.doors import published
from rongbiao.web.drawings.shares import Bar
from rongbiao.web.drawings.shares import shares as draw

NONE = "none"  # what an address says for: without a class
YEARS = 12  # that the drawing shows; the table shows all
FIELDS = 6  # that the board shows


def asked(request: HttpRequest) -> dict[str, Any]:
    """Return the scheme, the year and the field that an address names; what it cannot is left out."""
    scheme = request.GET.get("scheme", "")
    scheme = scheme if scheme in classes.SCHEMES else "ics"
    year, field = request.GET.get("year", ""), request.GET.get("field", "")
    known = {one.code for one in classes.scheme(scheme).top}
    return {
        "scheme": scheme,
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        "field": "" if field == NONE else field if field in known else None,
    }


def address(name: str, **given: Any) -> str:
    """Return the address of the page or of its rows, as it is asked now but for what is given."""
    said = {key: value for key, value in given.items() if value is not None}
    if said.get("field") == "":
        said["field"] = NONE
    return f"{reverse(name)}?{urlencode(said)}"


def named(side: Side, scheme: str) -> str:
    """Return the name of a field with its code."""
    if not side.name:
        return _("没有分类号")
    tops = {one.code: one for one in classes.scheme(scheme).top}
    one = tops.get(side.name)
    return f"{side.name} {one.name(get_language() or 'zh')}" if one else side.name


@published
def page(request: HttpRequest) -> HttpResponse:
    """Show the shares by year and by field."""
    given, day = asked(request), timezone.localdate()
    known = shares.counted(given["scheme"], day)
    years = shares.by(shares.wanted(known, field=given["field"]), 0)
    fields = shares.by(shares.wanted(known, year=given["year"]), 1)
    here = {**given}
    context = {
        "asked": given,
        "day": day,
        "whole": shares.whole(shares.wanted(known, given["year"], given["field"])),
        "levels": [shares.LEVELS(level).label for level in shares.SIDES],
        "years": [(one, address("shares", **here | {"year": one.name})) for one in reversed(years)],
        "fields": [
            (one, named(one, given["scheme"]), address("shares", **here | {"field": one.name}))
            for one in sorted(fields, key=lambda one: (not one.name, -one.total))
        ],
        "choices": [(one.name or NONE, named(one, given["scheme"])) for one in shares.by(known, 1)],
        "all_years": [one.name for one in reversed(shares.by(known, 0))],
        "chosen": NONE if given["field"] == "" else given["field"],
        "schemes": NAMES.items(),
        "drawing": drawing(years[-YEARS:], here),
        "csv": address("shares_csv", **given),
    }
    return render(request, "groups/shares.html", context)


def summary(day: date) -> dict[str, Any]:
    """Return what the board shows of a day: the whole, the years drawn, the largest fields."""
    known = shares.counted("ics", day)
    fields = [one for one in shares.by(known, 1) if one.name]
    return {
        "whole": shares.whole(known),
        "drawing": drawing(shares.by(known, 0)[-YEARS:], {}),
        "years": [(one, address("shares", year=one.name)) for one in reversed(shares.by(known, 0))][
            :YEARS
        ],
        "fields": [
            (one, named(one, "ics"), address("shares", field=one.name))
            for one in sorted(fields, key=lambda one: -one.total)[:FIELDS]
        ],
    }


def drawing(years: Sequence[Side], here: dict[str, Any]) -> Any:
    """Draw the years, the newest last; nothing where there are none."""
    words = _("政府 {government} 项，市场 {market} 项")
    bars = [
        Bar(
            str(one.name), one.government, one.market, f"{one.share}%",
            _("共 {total} 项，市场标准 {market} 项，占 {share}%").format(
                total=one.total, market=one.market, share=one.share
            ),
            address("shares", **here | {"year": one.name}),
        )
        for one in years
    ]  # fmt: skip
    whole = words.format(
        government=sum(one.government for one in years), market=sum(one.market for one in years)
    )
    return draw(bars, _("按年份的政府标准和市场标准：{whole}").format(whole=whole)) if bars else ""


@published
def rows_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the rows that the page counts, under the same filter."""
    given, day = asked(request), timezone.localdate()
    headings = [
        _("标准编号"), _("标准名称"), _("层级"), _("领域"), _("年份"), _("发布或者公开日期"),
    ]  # fmt: skip
    found = shares.rows(given["scheme"], day, given["year"], given["field"])
    lines = csv_lines(headings, found)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"shares-{day}.csv")
    return answer
