"""A dossier (卷宗) as its page shows it: what is to be done, by whom, its files, its opinions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Attachment, Case, Entry, Seat
from rongbiao.cases.procedure import CLOSED, NEXT, Action
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.stages import reach, reading
from rongbiao.stages.answers import Disposition
from rongbiao.web.cases.steps import applies
from rongbiao.web.cases.words import Reader, label
from rongbiao.web.drawings.gauge import Part, gauge

FEW = 6  # opinions shown on the page of a case
CAPACITIES = {
    "expert": gettext_lazy("评审专家"), "drafter": gettext_lazy("起草单位"), "signer": gettext_lazy("会签单位"),
    "invited": gettext_lazy("定向征求意见单位"), "shortlisted": gettext_lazy("入围企业"),
    "publicizer": gettext_lazy("宣贯推广单位"), "department": gettext_lazy("承办部门"),
    "inspector": gettext_lazy("检查人员"), "handler": gettext_lazy("承办人"),
}  # fmt: skip


@dataclass(frozen=True)
class Must:
    """One thing that must hold before the case goes on: its name, its rule, why it does not."""

    name: str
    law: str
    why: str


def musts(case: Case, actions: list[Action], day: date) -> list[Must]:
    """Return what must hold before some actions, each once."""
    found: dict[str, Must] = {}
    for guard in (guard for action in actions for guard in action.guards):
        if str(guard.name) in found:
            continue
        try:
            guard.test(case, day)
        except Refused as refused:
            why = str(refused)
        else:
            why = ""
        found[str(guard.name)] = Must(str(guard.name), _law(case, guard.rule), why)
    return list(found.values())


def _law(case: Case, rule: str) -> str:
    """Return the article of a guard's rule, where it is one of the procedure's own table."""
    if rule not in case.law.rules:
        return ""
    return case.procedure.law_words(rule, case.opened_on)


def onward(case: Case) -> list[Action]:
    """Return the actions that lead on from the present stage."""
    return [] if case.closed_on else [one for one in case.stage.actions() if leads_on(case, one)]


def leads_on(case: Case, action: Action) -> bool:
    """Tell whether an action leads on: to the next stage, or past one that is not always held."""
    keys = [stage.key for stage in case.procedure.stages]
    return action.to == NEXT or keys.index(case.stage_key) < (
        keys.index(action.to) if action.to in keys else 0
    )


def holders(case: Case) -> list[tuple[str, str]]:
    """Return who has something to do at the present stage, and what."""
    found: dict[str, list[str]] = {}
    for action in () if case.closed_on else case.stage.actions():
        if _matters(case, action):
            found.setdefault(str(action.by.name), []).append(str(action.name))
    return [(who, _("、").join(what)) for who, what in found.items()]


@dataclass(frozen=True)
class Button:
    """One action that this reader may do, and why it is closed, if it is."""

    action: Action
    why: str
    first: bool


def _matters(case: Case, action: Action) -> bool:
    """Tell whether a case waits for an action: it leads on, or is a vote or a signature."""
    return leads_on(case, action) or action.waits is not None


def _held(case: Case, action: Action) -> bool:
    """Tell whether where an action leads is on the way of this case."""
    to = case.procedure.after(case.stage, action.to)
    return to == CLOSED or applies(case, case.procedure.stage(to))


def buttons(case: Case, actor: Post | None, day: date) -> list[Button]:
    """Return what this reader may do here, what leads on last."""
    offered = [action for action in reach.offered(case, actor) if _held(case, action)]
    offered.sort(key=lambda action: (leads_on(case, action), action.waits is not None))
    return [
        Button(action, reach.hindrance(case, action, day), _matters(case, action))
        for action in offered
    ]


@dataclass(frozen=True)
class Version:
    """One file of the dossier: what it is, which version, and the one before it."""

    attachment: Attachment
    label: str
    number: int
    before: Attachment | None


def versions(reader: Reader) -> list[Version]:
    """Return the files that a reader may have, newest first."""
    last: dict[str, tuple[int, Attachment]] = {}
    found = []
    for one in reading.attachments(reader.case, inner=reader.inner, actor=reader.actor).order_by(
        "id"
    ):
        stage = next(
            (s for s in reader.case.procedure.stages if s.key == one.entry.stage_key), None
        )
        action = stage.action(one.entry.action_key) if stage else None
        fields = reader.fields(one.entry.stage_key, action) if action else {}
        name = label(fields[one.field]) if one.field in fields else one.file.name
        number, before = last.get(one.field, (0, None))
        alone = bool(action and (action.about or action.receipt))  # not versions of one paper
        found.append(Version(one, name, 0 if alone else number + 1, None if alone else before))
        if not alone:
            last[one.field] = (number + 1, one)
    return found[::-1]


@dataclass(frozen=True)
class Opinion:
    """One opinion: on which clause, what it wants, whose it is, and what became of it."""

    entry: Entry
    clause: str
    gist: str
    who: str
    taken: str
    words: str
    href: str


@dataclass(frozen=True)
class Opinions:
    """The opinions on a case: how many, what became of them, and the first of them."""

    total: int
    taken: list[tuple[str, str, int]]  # key, words, how many
    rows: list[Opinion]
    bar: SafeString


def opinions(reader: Reader) -> Opinions | None:
    """Return the opinions of a consultation with what became of them; None without any."""
    case = reader.case
    seen = reading.entries(case, inner=reader.inner).filter(action_key="comment")
    asked = list(seen.order_by("seq").values_list("pk", flat=True))
    if not asked:
        return None
    answered = case.entries.filter(action_key="dispose").order_by("seq")
    taken = dict(answered.values_list("about", KT("answers__taken")))
    if reader.inner:
        hidden = case.entries.filter(action_key="hide").values_list("about", flat=True)
        taken |= dict.fromkeys(hidden, "hidden")
    words = {**dict(Disposition.TAKEN), "hidden": _("不予公开"), "": _("待处理")}
    became = {pk: str(taken.get(pk, "")) for pk in asked}
    counted = Counter(became.values())
    shown = [
        (key, str(said), counted[key])
        for key, said in words.items()
        if counted[key] or key in {"", "adopted", "partly", "declined"}
    ]
    open_first = [pk for pk in asked if pk not in taken][:FEW] or asked[:FEW]
    listed = [
        _opinion(reader, one, became[one.pk], str(words.get(became[one.pk], "")))
        for one in reading.entries(case, inner=True).filter(pk__in=open_first).order_by("seq")
    ]
    return Opinions(len(asked), shown, listed, _bar(shown, len(asked)))


def _opinion(reader: Reader, entry: Entry, taken: str, words: str) -> Opinion:
    said = entry.answers
    shown = reader.office or not said.get("hidden")
    who = said.get("unit") if shown else ""
    gist = said.get("proposed") or said.get("reason", "")
    clause = said.get("clause", "")
    href = _place(reader, entry, clause)
    return Opinion(entry, clause, gist, who or reader.who(entry), taken, words, href)


def _place(reader: Reader, entry: Entry, clause: str) -> str:
    """Return where an opinion is read in full: at the desk by the parties, in public by the others."""
    number = [reader.case.number]
    if reader.inner:
        return f"{reverse('case_comments', args=number)}?{urlencode({'entry': entry.seq})}#one"
    return f"{reverse('consultation', args=number)}?{urlencode({'clause': clause})}#remarks"


def _bar(taken: list[tuple[str, str, int]], total: int) -> SafeString:
    """Draw what became of the opinions as one bar."""
    parts, start = [], 0
    for key, words, n in taken:
        said = _("{words} {n} 条").format(words=words, n=n)
        if n:
            parts.append(Part(start / total, (start + n) / total, key or "todo", said))
        start += n
    return gauge(parts, _("，").join(part.words for part in parts))


def seats(case: Case) -> list[tuple[str, str, list[Seat]]]:
    """Return the seats of a case by stage and capacity."""
    names = {stage.key: str(stage.name) for stage in case.procedure.stages}
    rows = case.seats.select_related("post__person", "post__organization", "organization")
    found: dict[tuple[str, str], list[Seat]] = {}
    for seat in rows:
        found.setdefault((seat.stage, seat.capacity), []).append(seat)
    return [
        (names.get(stage, stage), str(CAPACITIES.get(capacity, capacity)), sitting)
        for (stage, capacity), sitting in found.items()
    ]


def counts(cases: list[Case]) -> dict[int, int]:
    """Return how many opinions came in on each of some cases."""
    rows = Entry.objects.filter(case__in=cases, action_key="comment").values("case")
    return {row["case"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def waiting(case: Case, action: Action) -> QuerySet[Entry]:
    """Return the entries that an action has still to answer."""
    settled = {action.key, "hide"}  # what is hidden is answered by that
    rows = case.entries.filter(action_key=action.about)
    rows = rows.select_related("actor__person", "actor__organization", "about", "personal")
    return rows.exclude(answered__action_key__in=settled).order_by("seq")
