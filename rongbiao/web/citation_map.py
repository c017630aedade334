"""The map of citations (引用图) of one standard: a picture, the same as a table, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.tables import csv_lines
from rongbiao.parties.allowance import spend
from rongbiao.standards.kin import Tie
from rongbiao.standards.models import Standard
from rongbiao.standards.surroundings import COUNTED, Around, Surroundings, surroundings
from rongbiao.web.doors import published
from rongbiao.web.drawings.network import Node, Side, network
from rongbiao.web.drawings.ties import Center
from rongbiao.web.exports import LIMIT, SECONDS, too_often
from rongbiao.web.limits import address_of
from rongbiao.web.registered.shown import citers
from rongbiao.web.standard import key_of
from rongbiao.web.states import State, state_on
from rongbiao.web.templatetags.rb import local

MOST_FIRST, MOST_SECOND = 200, 40  # of the file: of the first step a side, of the second each
SIDES = {"cites": gettext_lazy("引用、采用"), "cited": gettext_lazy("被引用、被采用")}
SORTS = {
    "way": gettext_lazy("方向"),
    "step": gettext_lazy("层"),
    "number": gettext_lazy("标准"),
    "words": gettext_lazy("关系"),
    "state": gettext_lazy("状态"),
}


@dataclass(frozen=True)
class Line:
    """One relation as a row of the table."""

    side: str
    step: int
    tie: Tie
    through: Tie | None
    state: State | None

    @property
    def way(self) -> Any:
        """The direction in words."""
        return SIDES[self.side]

    @property
    def number(self) -> str:
        """The number at the other end."""
        return self.tie.shown

    @property
    def words(self) -> str:
        """The relation in words."""
        return str(self.tie.words)

    @property
    def title(self) -> str:
        """The title at the other end, in the language of the page."""
        return local(self.tie.other) if self.tie.other else ""

    @property
    def state_word(self) -> str:
        """What the other end is on the day."""
        return str(self.state.word) if self.state else _("名录未收录")


@published
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one standard cites and who cites it, two steps deep."""
    standard = get_object_or_404(Standard, key=key_of(slug))
    day, around = timezone.localdate(), surroundings(standard)
    asked = request.GET.get("sort", "").removeprefix("-")
    context = {
        "standard": standard,
        "around": around,
        "picture": picture(around, day),
        "lines": ordered(list(rows(around, day)), request.GET.get("sort", "")),
        "sorts": [(key, word, _next(request, key)) for key, word in SORTS.items()],
        "sort": asked if asked in SORTS else "",
        "descending": request.GET.get("sort", "").startswith("-"),
        "citers": citers(standard, request.actor),
        "day": day,
    }
    return render(request, "standards/map.html", context)


@published
def rows_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the map as CSV, with more of each step than the picture holds."""
    standard = get_object_or_404(Standard, key=key_of(slug))
    if not spend(f"export:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return too_often(request)
    day = timezone.localdate()
    found = rows(surroundings(standard, MOST_FIRST, MOST_SECOND), day)
    heads = (_("方向"), _("层"), _("经由"), _("关系"), _("标准编号"), _("标准名称"), _("状态"))
    cells = (
        (one.way, one.step, one.through.shown if one.through else "", one.words, one.number,
         one.title, one.state_word)
        for one in found
    )  # fmt: skip
    answer = StreamingHttpResponse(csv_lines(heads, cells), content_type="text/csv; charset=utf-8")
    name = f"{slug.replace('~', '-')}-map-{day}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _next(request: HttpRequest, key: str) -> str:
    """Return the address that sorts by a column, or turns it round."""
    return f"?sort={'-' if request.GET.get('sort') == key else ''}{key}#rows"


def rows(around: Surroundings, day: date) -> Iterator[Line]:
    """Give the rows of the table in the order of the picture."""
    for side, step, tie, through in around.ties():
        yield Line(side, step, tie, through, state_on(tie.other, day) if tie.other else None)


def ordered(lines: list[Line], sort: str) -> Sequence[Line]:
    """Return rows in the order that was asked for; an unknown one changes nothing."""
    keys = {
        "way": lambda one: one.side,
        "step": lambda one: one.step,
        "number": lambda one: one.tie.other.sorting if one.tie.other else one.number,
        "words": lambda one: one.words,
        "state": lambda one: one.state_word,
    }
    key = keys.get(sort.removeprefix("-"))
    return sorted(lines, key=key, reverse=sort.startswith("-")) if key else lines


def picture(around: Surroundings, day: date) -> SafeString:
    """Draw the map."""
    one = around.standard
    href = reverse("standard_relations", args=[one.slug])

    def side(held: Sequence[Around], total: int, heads: tuple[str, str]) -> Side:
        left = total - len(held)
        more = _("另有 {n} 项").format(n=left) if left > 0 else ""
        return Side(heads, [_node(each, day) for each in held], more, href)

    cites = (_("引用、采用 {n}").format(n=around.cites_total), _("它们引用、采用"))
    cited = (_("被引用、被采用 {n}").format(n=around.cited_total), _("又被引用、采用"))
    words = _(
        "引用图：左为本标准引用、采用的文件及其所引文件，"
        "右为引用、采用本标准的文件及引用它们的文件；下表列出同样的内容"
    )
    return network(
        Center(one.shown, local(one), str(state_on(one, day).word)),
        side(around.cites, around.cites_total, cites),
        side(around.cited, around.cited_total, cited),
        words,
    )


def _node(one: Around, day: date) -> Node:
    more = ""
    if one.more:
        counted = f"{one.more}+" if one.total >= COUNTED else str(one.more)
        more = _("另有 {n} 项").format(n=counted)
    behind = [_box(tie, day) for tie in one.behind]
    return _box(one.tie, day, behind, more)


def _box(tie: Tie, day: date, behind: Sequence[Node] = (), more: str = "") -> Node:
    state = state_on(tie.other, day) if tie.other else None
    tone = "warn" if tie.changed else state.tone if state else ""
    return Node(
        tie.shown,
        local(tie.other) if tie.other else _("名录未收录"),
        state.word if state else "",
        "" if tone == "info" else tone,
        reverse("standard_map", args=[tie.other.slug]) if tie.other else "",
        behind,
        more,
    )
