"""The board (战略总览): the sentence, the targets, what needs action, the districts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization
from rongbiao.strategy import board as boards
from rongbiao.strategy import figures, matters, overview
from rongbiao.strategy.lamps import Lamp, rule_on
from rongbiao.strategy.sentence import Phrase, sentence
from rongbiao.strategy.spread import spread
from rongbiao.web.asof import View, view_of
from rongbiao.web.charting import bars_by_section, histogram, trajectory
from rongbiao.web.doors import published
from rongbiao.web.drawings.tiles import Square, tiles
from rongbiao.web.groups import shares
from rongbiao.web.headers import with_charts
from rongbiao.web.templatetags.rb import local

SHOWN = 6  # matters on the board; the rest stands in the matrix
CHARTED = "declared-standards"  # unless ?chart= asks for another target
COUNTED = (Lamp.BAD, Lamp.WARN, Lamp.INFO, Lamp.OK)


def link(name: str, args: dict[str, Any], query: dict[str, str]) -> str:
    """Return the address of a page that the strategy floor names."""
    return reverse(name, kwargs=args) + (f"?{urlencode(query)}" if query else "")


def phrases(said: list[Phrase]) -> list[dict[str, str]]:
    """Return the sentence with its links."""
    return [
        {
            "text": phrase.text,
            "tone": phrase.tone,
            "href": link(phrase.href_name, phrase.args, phrase.query) if phrase.href_name else "",
        }
        for phrase in said
    ]


def tile_name(unit: Organization) -> str:
    """Return what stands in a unit's tile: its short name, or its English one."""
    return local(unit) if get_language() == "en" else unit.label


def tile_map(found: list[overview.Tile], view: View) -> dict[str, Any]:
    """Return the grid of districts with its table."""
    squares = [
        Square(
            name=tile_name(tile.organization),
            row=tile.row,
            column=tile.column,
            shown=f"{tile.share}%",
            level=tile.level,
            href=link("unit", {"pk": tile.organization.pk}, {"quarter": view.quarter.key}),
            words=_("%(n)d 个责任项，完成率 %(share)d%%") % {"n": tile.total, "share": tile.share},
        )
        for tile in found
        if tile.row and tile.column
    ]
    reached = [tile.share for tile in found]
    return {
        "drawing": tiles(squares, _("县（市）区任务完成率")),
        "rows": found,
        "low": min(reached, default=0),
        "high": max(reached, default=0),
    }


@published
@with_charts
def page(request: HttpRequest) -> HttpResponse:
    """Show where the strategy stands on a day."""
    view = view_of(request)
    if view.plan is None:
        return render(request, "board/empty.html", {"view": view})
    return render(request, "board/page.html", everything(request, view))


def everything(request: HttpRequest, view: View) -> dict[str, Any]:
    """Return all that the board shows, each part from one load of the plan's data."""
    plan, day = view.plan, view.day
    seen = boards.load(plan, view.quarter, day)
    measured = figures.figures(plan, day)
    inside = bool(request.actor and request.actor.is_officer)
    found = matters.urgent(plan, view.quarter, day, inside=inside, seen=seen, measured=measured)
    charted = request.GET.get("chart", CHARTED)
    chosen = next(
        (f for f in measured if f.target.key == charted), measured[0] if measured else None
    )
    counts = seen.counts
    spreads = (spread(f) for f in measured if f.measure and f.measure.mean)
    spanned = next((found for found in spreads if found), None)
    return {
        "view": view,
        "phrases": phrases(sentence(plan, day, seen=seen, measured=measured)),
        "counts": [
            (lamp, counts[lamp], link("matrix", {}, {"quarter": view.quarter.key, "lamp": lamp}))
            for lamp in COUNTED
            if view.quarter
        ],
        "sections": bars_by_section(measured),
        "measured": measured,
        "matters": [(matter, link(matter.href_name, matter.args, {})) for matter in found[:SHOWN]],
        "more": max(len(found) - SHOWN, 0),
        "all": len(found),
        "histogram": histogram(spanned) if spanned else None,
        "rule": rule_on(day),
        "shares": shares.summary(day),
        "chart": trajectory(chosen) if chosen else None,
        "tiles": tile_map(
            overview.districts(plan, view.quarter, day, seen=seen) if view.quarter else [], view
        ),
    }
