"""The sentence (研判): at most three generated sentences in which every number links.

Nothing is judged here; the words follow from figures, lamps and dates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rongbiao.awards.models import Recognition
from rongbiao.standards.models import Declaration, Standard

from . import figures, quarters
from .board import Board, load
from .lamps import WHOLE, Lamp
from .models import Plan, Target
from .numerals import numeral


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of the sentence: the page they open, if any, and how they are toned.

    ``tone`` is empty, ``strong``, ``warn`` or ``bad``; ``query`` goes behind the address.
    """

    text: str
    href_name: str | None = None
    args: dict[str, Any] = field(default_factory=dict)
    tone: str = ""
    query: dict[str, str] = field(default_factory=dict)


def stop() -> Phrase:
    """Return what ends a sentence, in the language of the page."""
    return Phrase(_("。"))


def comma() -> Phrase:
    """Return what parts two clauses, in the language of the page."""
    return Phrase(_("，"))


GOOD_OPEN = ("reached", "on_course")


def sentence(
    plan: Plan,
    day: date,
    *,
    seen: Board | None = None,
    measured: Sequence["figures.Figure"] | None = None,
) -> list[Phrase]:
    """Return the sentence on a plan as of a day, in phrases to be set one after another."""
    seen = seen or load(plan, quarters.current(plan, day), day)
    measured = figures.figures(plan, day) if measured is None else measured
    said = [*_on_targets(plan, day, measured), *_on_the_cap(plan, measured), *_on_tasks(seen)]
    return _with_stops_in_place(said)


def _with_stops_in_place(said: list[Phrase]) -> list[Phrase]:
    """Drop a comma that would stand before a stop."""
    pairs = zip(said, [*said[1:], None], strict=True)
    return [one for one, after in pairs if not (one == comma() and after == stop())]


def registers_are_empty() -> bool:
    """Tell whether there is nothing yet that a measure could count."""
    return not any(model.objects.exists() for model in (Standard, Declaration, Recognition))


def _on_targets(plan: Plan, day: date, measured: Sequence["figures.Figure"]) -> Iterable[Phrase]:
    if not measured:
        return
    total = len(measured)
    every = _targets(plan, _("{n} 项量化目标").format(n=total))
    if registers_are_empty():
        yield from (every, Phrase(_("待评估，名录尚无数据")), stop())
    elif plan.settled_on(day) or any(one.settled for one in measured):
        yield from _settled(plan, every, measured)
    else:
        yield from _open(plan, every, measured)


def _targets(plan: Plan, text: str, tone: str = "", **query: str) -> Phrase:
    return Phrase(text, "targets", {}, tone, {"plan": plan.key} | query)


def _all(every: Phrase, words: str, tone: str) -> Iterable[Phrase]:
    """Say what holds for every target alike."""
    yield from (every, Phrase(words, tone=tone or "strong"), stop())


def _settled(plan: Plan, every: Phrase, measured: Sequence["figures.Figure"]) -> Iterable[Phrase]:
    done = [one for one in measured if one.state == "done"]
    missed = [one for one in measured if one.state != "done"]
    yield Phrase(_("规划期已收官："))
    if not missed or not done:
        yield from _all(every, _("全部完成") if done else _("均未完成"), "" if done else "bad")
        return
    yield from (every, Phrase(_("中 ")))
    if done:
        words = _("{n} 项完成").format(n=len(done))
        yield from (_targets(plan, words, "strong", state="done"), comma())
    yield _few(plan, missed, _("{n} 项未完成"), "bad", "missed")
    yield stop()


def _open(plan: Plan, every: Phrase, measured: Sequence["figures.Figure"]) -> Iterable[Phrase]:
    good = [one for one in measured if one.state in GOOD_OPEN]
    tight = [one for one in measured if one.state == "tight"]
    short = [one for one in measured if one.state == "short"]
    for found, words, tone in (
        (good, _("均可按期达成或已达成"), ""),
        (tight, _("均偏紧"), "warn"),
        (short, _("均存在缺口"), "bad"),
    ):
        if len(found) == len(measured):
            yield from _all(every, words, tone)
            return
    yield from (every, Phrase(_("中 ")))
    if good:
        words = _("{n} 项可按期达成或已达成").format(n=len(good))
        yield from (_targets(plan, words, "strong", state="good"), comma())
    if tight:
        yield from (_few(plan, tight, _("{n} 项偏紧"), "warn", "tight", named=False), comma())
    if short:
        yield _few(plan, short, _("{n} 项存在缺口"), "bad", "short")
    yield stop()


def _few(
    plan: Plan,
    found: Sequence["figures.Figure"],
    words: str,
    tone: str,
    state: str,
    *,
    named: bool = True,
) -> Phrase:
    """Say how many; a single one is named and opens its own page."""
    text = words.format(n=len(found))
    if len(found) > 1 or not named:
        return _targets(plan, text, tone, state=state)
    target = found[0].target
    name = target.label
    return Phrase(name + " " + text, "target", {"plan": plan.key, "key": target.key}, tone)


def _on_the_cap(plan: Plan, measured: Sequence["figures.Figure"]) -> Iterable[Phrase]:
    """Say where the first target that sets an upper limit stands."""
    capped = [one for one in measured if one.target.direction == Target.Direction.AT_MOST]
    if not capped or registers_are_empty():
        return
    value, target = capped[0].value, capped[0].target
    if value is None:
        return
    over = value > target.value
    words = _("高于 {cap} {unit}上限") if over else _("低于 {cap} {unit}上限")
    if value == target.value:
        words = _("等于 {cap} {unit}上限")
    here, tone = {"plan": plan.key, "key": target.key}, "bad" if over else ""
    yield Phrase(target.label)
    yield Phrase(f" {numeral(value)} {target.unit_label}", "target", here, tone)
    yield comma()
    cap = words.format(cap=numeral(target.value), unit=target.unit_label)
    yield Phrase(cap, "target", here)
    yield stop()


def _on_tasks(seen: Board) -> Iterable[Phrase]:
    if not seen.tasks:
        return
    here = {"plan": seen.plan.key}
    yield Phrase(_("{n} 项任务").format(n=len(seen.tasks)), "tasks", {}, "", here)
    yield Phrase(_("分解出 "))
    if seen.quarter is not None:
        here = here | {"quarter": seen.quarter.key}
    yield Phrase(_("{n} 个责任项").format(n=seen.total), "matrix", {}, "", here)
    yield comma()
    yield from _on_filing(seen, here)
    yield stop()


def _on_filing(seen: Board, here: dict[str, str]) -> Iterable[Phrase]:
    quarter = seen.quarter
    if quarter is None:
        yield Phrase(_("尚未设定填报期"))
        return
    if seen.day < quarter.opens_on:
        words = _("{quarter}填报将于 {day} 开放")
        text = words.format(quarter=quarter, day=date_format(quarter.opens_on))
        yield Phrase(text, "matrix", {}, "", here)
        return
    rate = WHOLE * seen.filed // seen.asked if seen.asked else WHOLE
    words = _("{quarter}填报率 {rate}%")
    yield Phrase(words.format(quarter=quarter, rate=rate), "matrix", {}, "", here)
    if done := seen.counts[Lamp.DONE]:
        yield comma()
        shown = here | {"lamp": Lamp.DONE.value}
        yield Phrase(_("{n} 个已完成").format(n=done), "matrix", {}, "", shown)
