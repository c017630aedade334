"""The dossier as its papers need it: who reads, what was done, which project it is about."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q

from rongbiao.cases.models import Attachment, Case, Entry
from rongbiao.exchange.papers.projects import Project
from rongbiao.parties.models import Post
from rongbiao.procedures.local_standard.effects import lines

# Comments and ballots may be thousands; no paper but the tables of comments reads them.
MANY = ("comment", "dispose", "hide", "release", "no_comment", "vote", "object", "reply")
OFFICE = frozenset({Post.Role.OFFICER, Post.Role.AUDITOR})
OPENINGS = (("drafting", "submit"), ("disposition", "consult_again"), ("proposal", "submit"))


@dataclass(frozen=True, slots=True)
class Round:
    """One consultation: the entry that opened it, its first and its last day."""

    opening: Entry
    since: date
    until: date


@dataclass(frozen=True)
class Dossier:
    """A case and who reads it; ``inner``: as one of its parties, not only as the public.

    ``address`` is where the public comments on it, as papers give it; empty: they give none.
    """

    case: Case
    actor: Post | None
    inner: bool
    address: str = ""

    @property
    def office(self) -> bool:
        """Tell whether the office reads, or who audits it."""
        return bool(self.inner and self.actor and self.actor.role in OFFICE)

    @property
    def applies(self) -> bool:
        """Tell whether the office reads, or the unit that applied."""
        own = self.actor and self.actor.organization_id == self.case.applicant_id
        return bool(self.inner and own) or self.office

    @cached_property
    def acts(self) -> list[Entry]:
        """Return what was done, without comments and ballots, oldest first."""
        rows = self.case.entries.exclude(action_key__in=MANY).order_by("seq")
        return list(rows.select_related("actor__person", "actor__organization"))

    @cached_property
    def done(self) -> frozenset[tuple[str, str]]:
        """Return every action that was done, by its stage; without reading what was said."""
        rows = self.case.entries.order_by().values_list("stage_key", "action_key")
        return frozenset(rows.distinct())

    def last(self, stage: str, action: str, before: int = 0) -> Entry | None:
        """Return the latest entry of an action in a stage, before a place in the journal."""
        found = (
            one
            for one in reversed(self.acts)
            if (one.stage_key, one.action_key) == (stage, action)
            and (not before or one.seq < before)
        )
        return next(found, None)

    def said(self, stage: str, action: str) -> dict[str, Any]:
        """Return the latest answers given in an action of a stage, or nothing."""
        entry = self.last(stage, action)
        return entry.answers if entry else {}

    def files(self, entry: Entry, field: str = "") -> list[Attachment]:
        """Return the files that an entry brought."""
        rows = Attachment.objects.filter(entry=entry).select_related("file")
        return list(rows.filter(field=field) if field else rows)

    @cached_property
    def rounds(self) -> list[Round]:
        """Return the consultations, oldest first; the last day is the law's, or the case's."""
        found: list[Round] = []
        if self.done.isdisjoint(OPENINGS):
            return found
        opened = Q()
        for stage, action in OPENINGS:
            opened |= Q(stage_key=stage, action_key=action)
        rows = self.case.entries.filter(opened).order_by("seq")
        for one in rows.select_related("actor__person", "actor__organization"):
            ends = self.case.end_of("consultation_days", one.day).day
            found.append(Round(one, one.day, ends))
        if found and self.case.stage_key == "consultation" and self.case.due_on:
            running = found[-1]
            found[-1] = Round(running.opening, running.since, self.case.due_on)
        return found

    @cached_property
    def invited(self) -> list[str]:
        """Return the bodies that were asked, each once, in the order of the drafters' list."""
        named = [lines(one.opening.answers.get("invited", "")) for one in self.rounds]
        return list(dict.fromkeys(name for names in named for name in names))

    @property
    def bureau(self) -> str:
        """Return who issues local standards."""
        return str(settings.CITY["bureau"])

    @property
    def proposer(self) -> str:
        """Return the department that applied."""
        return str(self.case.applicant or "")

    @cached_property
    def drafters(self) -> tuple[str, ...]:
        """Return the drafting units as the plan stands, or as they applied."""
        applied = self.said("application", "submit").get("drafters", "")
        names = lines(self.said("plan", "approve").get("drafters", applied))
        for one in self.acts:
            if one.action_key == "change":
                names = lines(one.answers.get("drafters", "")) or names
        return tuple(names)

    @cached_property
    def due_on(self) -> date | None:
        """Return by when the plan wants the standard, as it stands."""
        said = [one.answers for one in self.acts if one.action_key == "change"]
        days = [one["finish_on"] for one in said if one.get("finish_on")]
        last = days[-1] if days else self.said("plan", "approve").get("finish_on")
        return day_of(last)

    @cached_property
    def project(self) -> Project:
        """Return the project as every paper about it names it."""
        filed, issued = self.said("application", "submit"), self.said("approval", "approve")
        return Project(
            city=str(settings.CITY["name"]),
            title=filed.get("title", self.case.title),
            title_en=filed.get("title_en", ""),
            making="修订" if filed.get("kind") == "revision" else "制定",
            replaces=filed.get("replaces", ""),
            proposer=self.proposer,
            drafters=self.drafters,
            due_on=self.due_on,
            ics=issued.get("ics") or filed.get("ics", ""),
            ccs=issued.get("ccs") or filed.get("ccs", ""),
        )


def day_of(text: str | None) -> date | None:
    """Return a day that the journal holds as text.

    >>> day_of("2024-05-06"), day_of(None)
    (datetime.date(2024, 5, 6), None)
    """
    return date.fromisoformat(text) if text else None


def unit_of(entry: Entry) -> str:
    """Return the unit for which an entry was made; nothing of the clock and the public."""
    return str(entry.actor.organization) if entry.actor else ""
