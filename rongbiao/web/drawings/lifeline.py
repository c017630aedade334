"""Lifelines (时间线): one standard from plan to review, the editions before it as lanes above.

Only days that the register knows are drawn. The drawing is as wide as its page; colors come
from classes in ``rb/standards.css``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rongbiao.web.drawings.lettering import Shelf, cut, width
from rongbiao.web.drawings.scales import plain

WIDTH = 1152
EDGE = 8
SIZE = 14.5  # letters; widths are reckoned for print, where they are largest
HEAD = 20  # the years
LANE = 46  # one older edition: its words and its bar
BAR = 14
ROW = 36  # two lines under the line of this edition
MOST_YEARS = 13  # named at the top
STEPS = (1, 2, 5, 10, 20, 50)


class Lane(NamedTuple):
    """Another edition: from when to when it was in force (None: it still is), and its words."""

    since: date
    until: date | None
    words: str
    tone: str = ""


class Mark(NamedTuple):
    """A day under the line: its name, its date as words, its tone (empty, or warn)."""

    day: date
    name: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Life:
    """What a lifeline shows; None is not drawn."""

    today: date
    today_words: str
    planned_on: date | None = None
    issued_on: date | None = None
    begun_on: date | None = None
    ended_on: date | None = None
    due_on: date | None = None
    making: str = ""  # “制定 10.3 个月”
    force: str = ""  # “现行 2024年3月1日起”
    tone: str = "ok"  # ok while in force, else idle
    lanes: Sequence[Lane] = ()
    marks: Sequence[Mark] = ()

    @property
    def days(self) -> list[date]:
        own = (self.planned_on, self.issued_on, self.begun_on, self.ended_on, self.due_on)
        lanes = [day for lane in self.lanes for day in lane[:2]]
        return [day for day in (*own, *lanes) if day]

    @property
    def goes_on(self) -> bool:
        """Tell whether this edition or another one reaches to this day."""
        return not self.ended_on or any(lane.until is None for lane in self.lanes)


class Sheet:
    """The axis: whole years, with today on it while the edition lives."""

    def __init__(self, life: Life) -> None:
        shown = [*life.days, *([life.today] if life.goes_on else [])]
        self.first = date(min(shown).year, 1, 1)
        self.last = date(min(max(shown).year + 1, 9999), 1, 1)

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole
        return round(EDGE + min(max(share, 0), 1) * (WIDTH - 2 * EDGE), 1)

    def years(self) -> list[int]:
        span = self.last.year - self.first.year
        step = next((step for step in STEPS if span / step <= MOST_YEARS), STEPS[-1])
        first = -(-self.first.year // step) * step
        return list(range(first, self.last.year + 1, step))


def lifeline(life: Life, words: str) -> SafeString:
    """Draw a lifeline; ``words`` is what a listener hears instead. Without a day: nothing."""
    if not (life.issued_on or life.begun_on):
        return SafeString("")
    sheet = Sheet(life)
    top = HEAD + 8 + len(life.lanes) * LANE
    line = top + 26
    under, rows = _marks(life, sheet, line)
    height = line + BAR + 6 + rows * ROW + 8
    parts = (
        _years(sheet, height),
        *(_lane(lane, sheet, HEAD + 8 + n * LANE, life) for n, lane in enumerate(life.lanes)),
        _making(life, sheet, line),
        _force(life, sheet, line),
        _words(life, sheet, line - 8),
        under,
        _today(life, sheet, height),
    )
    return format_html(
        '<svg class="lifeline" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        plain(height),
        words,
        SafeString("".join(parts)),
    )


def _years(sheet: Sheet, height: float) -> SafeString:
    shown = sheet.years()
    room = WIDTH - EDGE - width("2000", SIZE)
    return format_html_join(
        "",
        '<path class="l-year" d="M{} {}V{}"/>{}',
        (
            (
                sheet.x(date(year, 1, 1)),
                HEAD + 2,
                plain(height - 6),
                format_html('<text class="l-tick" x="{}" y="14">{}</text>', x + 4, year)
                if (x := sheet.x(date(year, 1, 1))) < room
                else "",
            )
            for year in shown
        ),
    )


def _bar(kind: str, left: float, right: float, y: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        kind,
        plain(left),
        plain(y),
        plain(max(right - left, 2)),
        BAR,
    )


def _lane(lane: Lane, sheet: Sheet, y: float, life: Life) -> SafeString:
    left, right = sheet.x(lane.since), sheet.x(lane.until or life.today)
    wide = width(lane.words, SIZE)
    at, anchor = (
        (left, "start") if left + wide <= WIDTH - EDGE else (max(right, wide + EDGE), "end")
    )
    return format_html(
        '{}<text class="l-lane" x="{}" y="{}" text-anchor="{}">{}</text>',
        _bar(f"l-old {lane.tone}".strip(), left, right, y + 20),
        plain(at),
        plain(y + 14),
        anchor,
        cut(lane.words, WIDTH - 2 * EDGE, SIZE),
    )


def _making(life: Life, sheet: Sheet, y: float) -> SafeString | str:
    if not (life.planned_on and life.issued_on):
        return ""
    return _bar("l-made", sheet.x(life.planned_on), sheet.x(life.issued_on), y)


def _force(life: Life, sheet: Sheet, y: float) -> SafeString | str:
    """Draw the time in force, and hatched what is left until the review."""
    begun = life.begun_on or life.issued_on
    if begun is None:
        return ""
    until = min(life.ended_on or life.today, life.today)
    parts = [_bar(f"l-in {life.tone}", sheet.x(begun), sheet.x(until), y)] if begun < until else []
    ahead = max(life.today, begun)
    if life.due_on and not life.ended_on and life.due_on > ahead:
        parts.append(_hatch(sheet.x(ahead), sheet.x(life.due_on), y))
    return SafeString("".join(parts))


def _hatch(left: float, right: float, y: float) -> SafeString:
    return format_html(
        '<defs><pattern id="l-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="l-hatch" width="2.2" height="6"/></pattern>'
        '</defs><rect class="l-ahead" x="{}" y="{}" width="{}" height="{}" rx="2" '
        'fill="url(#l-hatch)"/>',
        plain(left),
        plain(y),
        plain(right - left),
        BAR,
    )


def _words(life: Life, sheet: Sheet, y: float) -> SafeString:
    """Write how long it was made and since when it is in force, above the line."""
    begun = life.begun_on or life.issued_on
    placed = []
    if begun and life.force:
        x = sheet.x(begun)
        anchor = "start" if x + width(life.force, SIZE) <= WIDTH - EDGE else "end"
        placed.append((f"l-force {life.tone}", plain(x), plain(y), anchor, life.force))
    if begun and life.planned_on and life.issued_on and life.making:
        start, end = sheet.x(life.planned_on), sheet.x(life.issued_on)
        wide = width(life.making, SIZE)
        if start + wide + 10 <= sheet.x(begun):
            placed.append(("l-making", plain(start), plain(y), "start", life.making))
        elif end - wide >= EDGE:  # else the list beside the drawing says it
            placed.append(("l-making", plain(end), plain(y), "end", life.making))
    return format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', placed)


def _marks(life: Life, sheet: Sheet, y: float) -> tuple[SafeString, int]:
    """Name the days under the line; return the drawing and how many rows it took."""
    shelf = Shelf(EDGE, WIDTH - EDGE, rows=3)
    placed, rows = [], 1
    for place, mark in enumerate(life.marks):
        x = sheet.x(mark.day)
        wide = max(width(mark.name, SIZE), width(mark.words, SIZE))
        after = sheet.x(life.marks[place + 1].day) if place + 1 < len(life.marks) else WIDTH
        near = x + wide + 10 > after or (place and mark is life.marks[-1])
        anchors = ("end", "start") if near else ("start", "end")
        anchor, row = shelf.put(x, wide, anchors)
        rows = max(rows, row + 1)
        base = y + BAR + 20 + row * ROW
        placed.append(
            (
                x, plain(y + BAR), plain(base - 12),
                f"l-dot {mark.tone}".strip(), x, plain(y + BAR / 2),
                x, plain(base), anchor, mark.name,
                x, plain(base + 16), anchor, mark.words,
            )
        )  # fmt: skip
    drawn = format_html_join(
        "",
        '<path class="l-stem" d="M{} {}V{}"/><circle class="{}" cx="{}" cy="{}" r="4.5"/>'
        '<text class="l-name" x="{}" y="{}" text-anchor="{}">{}</text>'
        '<text class="l-day" x="{}" y="{}" text-anchor="{}">{}</text>',
        placed,
    )
    return drawn, rows


def _today(life: Life, sheet: Sheet, height: float) -> SafeString | str:
    if not life.goes_on and life.today > sheet.last - timedelta(days=1):
        return ""
    x = sheet.x(life.today)
    anchor, gap = ("end", -6) if x + width(life.today_words, SIZE) + 8 > WIDTH else ("start", 6)
    return format_html(
        '<path class="l-today" d="M{} {}V{}"/><text class="l-now" x="{}" y="{}" '
        'text-anchor="{}">{}</text>',
        x,
        HEAD + 2,
        plain(height - 6),
        plain(x + gap),
        HEAD + 14,
        anchor,
        life.today_words,
    )
