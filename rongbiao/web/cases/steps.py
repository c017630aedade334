"""Steps and clocks (办理进度和时限): where a case is, how long it took, how long it has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Stage
from rongbiao.stages import replies
from rongbiao.stages.kinds import Consultation, Notice, Panel
from rongbiao.stages.stays import Course, Stay
from rongbiao.strategy.measures import months
from rongbiao.web.drawings.gauge import Part, gauge
from rongbiao.web.templatetags.rb import zhdate


@dataclass(frozen=True)
class Step:
    """One stage of the path: done, now, stopped (the case was closed here) or ahead."""

    place: int
    name: str
    state: str
    words: str
    since: date | None
    days: int


def steps(case: Case, stays: Sequence[Stay], day: date) -> list[Step]:
    """Return every stage of the path with its dates and days; a return makes it come again."""
    been = {stay.stage for stay in stays}
    stages = [one for one in case.procedure.stages if one.key in been or applies(case, one)]
    path = [stage.key for stage in stages]
    last = stays[-1]
    here = path.index(last.stage) if last.stage in path else 0
    through = bool(case.closed_on) and here == len(path) - 1
    found = []
    for place, stage in enumerate(stages):
        mine = [stay for stay in stays if stay.stage == stage.key]
        state = "done" if mine and (place < here or through) else "ahead"
        if place == here and not through:
            state = "stopped" if case.closed_on else "now"
        words = {
            "done": _("已完成"), "now": _("进行中"), "stopped": _("止于此"), "ahead": _("未开始"),
        }[state]  # fmt: skip
        if state == "ahead" and (through or place < here):
            words = _("未经过")
        days = sum(stay.days(day) for stay in mine)
        since = mine[-1].since if mine else None
        found.append(Step(place + 1, str(stage.name), state, words, since, days))
    return found


def applies(case: Case, stage: Stage) -> bool:
    """Tell whether a stage is on the way of a case: a notice of no days is not held."""
    return not isinstance(stage, Notice) or bool(getattr(case.law, stage.rule))


@dataclass(frozen=True)
class Deadline:
    """The period of the present stage: what stands large, what stands beside it, its bar."""

    number: int
    words: str
    tone: str
    since: date
    until: date | None
    law: str
    bar: SafeString
    doubt: str = ""  # why the day may still move: it rests on a year whose days off are not known


def deadline(case: Case, day: date) -> Deadline | None:
    """Return the clock of the present stage; None when the case is closed."""
    if case.closed_on:
        return None
    stage = case.stage
    if case.due_on is None:
        gone = (day - case.stage_since).days
        return Deadline(
            gone, _("天，本环节没有法定期限"), "", case.stage_since, None, "", SafeString("")
        )
    since, left = stage.begins(case), (case.due_on - day).days
    law = "" if not stage.rule else case.procedure.law_words(stage.rule, case.opened_on)
    if isinstance(stage, Panel):  # by letter
        law = replies.law_words(case)
        words, tone = (_("天后回函截止"), "") if left >= 0 else (_("天前回函已截止，可以开票"), "")
    elif isinstance(stage, Consultation | Notice):  # it must run its time
        words, tone = (_("天后届满"), "") if left >= 0 else (_("天前已届满，可以结束"), "")
    else:
        words, tone = (_("天后到期"), "") if left >= 0 else (_("天，已逾期"), "bad")
    whole = max((case.due_on - since).days, 1)
    gone = (day - since).days
    said = _("{whole} 天中已过 {gone} 天").format(whole=whole, gone=min(gone, whole))
    bar = gauge([Part(0, gone / whole, "over" if tone else "now", said)], said)
    doubt = case.end_of(stage.rule).why if stage.rule else ""
    return Deadline(abs(left), words, tone, since, case.due_on, law, bar, doubt)


@dataclass(frozen=True)
class Cycle:
    """The clock over several stages as the page shows it."""

    course: Course
    used: str
    whole: str
    bar: SafeString
    forecast: str
    parts: list[tuple[str, int]]


def cycle(case: Case, course: Course, day: date) -> Cycle:
    """Return the words and the bar of a course."""
    reached = course.finish if course.ended else day
    used, whole = months(course.since, reached), months(course.since, course.finish)
    names = {stage.key: str(stage.name) for stage in case.procedure.stages}
    last = max(filter(None, (course.limit, course.promised, course.finish, reached)))
    span = max((last - course.since).days, 1)
    parts, listed = [], []
    for stay in course.parts:
        end, days = stay.until or day, stay.days(day)
        said = _("{stage} {n} 天").format(stage=names[stay.stage], n=days)
        kind = "now" if stay.until is None else "past"
        start = (stay.since - course.since).days / span
        parts.append(Part(start, (end - course.since).days / span, kind, said))
        listed.append((names[stay.stage], days))
    if not course.ended:
        ahead = (day - course.since).days / span
        said = _("预计至 {day}").format(day=zhdate(course.finish))
        parts.append(Part(ahead, (course.finish - course.since).days / span, "ahead", said))
    mark = (course.limit - course.since).days / span if course.limit else None
    spoken = _("下达计划以来 {n} 个月：{parts}").format(
        n=f"{used:.1f}", parts=_("，").join(f"{name} {days}" for name, days in listed)
    )
    bar = gauge(parts, spoken, mark)
    return Cycle(course, f"{used:.1f}", f"{whole:.1f}", bar, _forecast(course, whole), listed)


def _forecast(course: Course, whole: object) -> str:
    if course.ended:
        return ""
    said = _("预计 {day}，共 {n} 个月") if course.sure else _("最早 {day}，共 {n} 个月")
    words = said.format(day=zhdate(course.finish), n=f"{whole:.1f}")
    if course.limit is None:
        return words
    left = (course.limit - course.finish).days
    spare = _("余量 {n} 天") if left >= 0 else _("超过 {n} 天")
    return _("，").join((words, spare.format(n=abs(left))))
