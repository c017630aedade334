"""Rounds (征求意见的轮次): each time that a draft was put before the public, apart from the others.

They are read from the journal: an entry that leads into the stage opens a round, the next
one that leads out of it ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from rongbiao.cases.models import Attachment, Case, Entry
from rongbiao.cases.procedure import Procedure, Stage, procedures
from rongbiao.cases.who import NONE
from rongbiao.law import periods
from rongbiao.law.workdays import Calendar
from rongbiao.parties import days, rules
from rongbiao.parties.models import Post
from rongbiao.stages import reach
from rongbiao.stages.kinds import Consultation
from rongbiao.stages.stays import moves

PAPERS = ("draft", "notes")  # what the public reads of what opened a round


@dataclass
class Round:
    """One sitting of a stage: from the entry that led into it to the one that led out."""

    number: int
    opening: Entry | None
    since: date
    ending: Entry | None = None
    last: int = 0  # the place of the entry that opened the next one; nothing while it is the last
    papers: dict[str, Attachment] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Return the place of the entry that opened it."""
        return self.opening.seq if self.opening else 0

    @property
    def here(self) -> Q:
        """Return the filter of the entries of this round and what followed before the next."""
        return Q(seq__gt=self.first) & (Q(seq__lt=self.last) if self.last else Q())

    def until(self, case: Case, stage: Stage, calendar: Calendar | None = None) -> date | None:
        """Return its last day by law; of the round that runs, as the case has it."""
        if self.ending is None and case.due_on and case.stage_key == stage.key:
            return case.due_on
        if not stage.rule:
            return None
        return periods.ends(self.since, case.law.rule(stage.rule), calendar or days.calendar()).day


def sittings(case: Case, key: str) -> list[Round]:
    """Return every sitting of a stage, oldest first, by one query."""
    return _told(case, key, case.entries.filter(moves(case.procedure)).order_by("seq"))


def last_days(cases: Iterable[Case]) -> dict[int, date | None]:
    """Return of each case the last day of its latest round, by three queries for all of them."""
    cases, asked = list(cases), asked_in()
    if not cases:
        return {}
    law, off, led = rules.tables(), days.calendar(), Q(NONE)
    for case in cases:  # else each of them would ask for its own
        case.law = law[case.procedure.law].at(case.opened_on)
    for key in {case.procedure_key for case in cases}:
        led |= Q(case__procedure_key=key) & moves(procedures[key])
    entries: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(led, case__in=cases).order_by("seq"):
        entries.setdefault(entry.case_id, []).append(entry)
    stages = [(case, asked[case.procedure_key]) for case in cases]
    return {
        case.pk: _told(case, stage.key, entries.get(case.pk, ()))[-1].until(case, stage, off)
        for case, stage in stages
    }


def _told(case: Case, key: str, entries: Iterable[Entry]) -> list[Round]:
    """Return the sittings that some entries of a case, in order, tell of."""
    procedure = case.procedure
    found: list[Round] = []
    if procedure.stages[0].key == key:
        found.append(Round(1, None, case.opened_on))
    for entry in entries:
        stage = procedure.stage(entry.stage_key)
        action = stage.action(entry.action_key)
        if entry.stage_key == key and found:
            found[-1].ending = entry
        if action and procedure.after(stage, action.to) == key:
            if found:
                found[-1].last = entry.seq
            found.append(Round(len(found) + 1, entry, entry.day))
    return found or [Round(1, None, case.stage_since)]


def with_papers(rounds: list[Round]) -> list[Round]:
    """Give rounds the drafts and notes that opened them, by one query."""
    opened = {one.opening.pk: one for one in rounds if one.opening}
    rows = Attachment.objects.filter(entry__in=list(opened), field__in=PAPERS)
    for paper in rows.select_related("file"):
        opened[paper.entry_id].papers[paper.field] = paper
    return rounds


@cache
def asked_in() -> dict[str, Stage]:
    """Return of each procedure that asks the public the stage in which it does."""
    return {
        key: stage
        for key, procedure in procedures.items()
        if (stage := stage_of(procedure)) is not None
    }


def stage_of(procedure: type[Procedure]) -> Stage | None:
    """Return the stage in which a procedure asks the public, if it does."""
    return next((stage for stage in procedure.stages if isinstance(stage, Consultation)), None)


def running(day: date) -> Q:
    """Return the filter of cases on which anybody may speak on a day."""
    here = Q(NONE)
    for key, stage in asked_in().items():
        here |= Q(procedure_key=key, stage_key=stage.key)
    return here & Q(closed_on=None) & (Q(due_on=None) | Q(due_on__gte=day))


def consulted(actor: Post | None) -> QuerySet[Case]:
    """Return the public cases that an actor may read and that asked the public, now or before."""
    asked = Q(NONE)
    for key, stage in asked_in().items():
        spoken = Entry.objects.filter(case__procedure_key=key, stage_key=stage.key)
        now = Q(stage_key=stage.key, closed_on=None)
        asked |= Q(procedure_key=key) & (now | Q(pk__in=spoken.values("case")))
    rows = reach.readable(actor).filter(asked).exclude(public_since=None)
    return rows.select_related("applicant", "entered", "standard")
