"""How a procedure (事项) is declared.

A procedure is a path of stages; a stage offers actions; an action moves the case to the
next stage, to another, nowhere, or to its close. What must hold first is a guard: it
either passes or refuses with a sentence, which is also why a button is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from rongbiao.parties import amounts, rules

if TYPE_CHECKING:
    from .models import Case, Entry
    from .who import Who

NEXT, STAY, CLOSED = "→", "·", "closed"

Effect = Callable[["Case", "Entry"], None]  # writes the registers

procedures: dict[str, type[Procedure]] = {}


class Answers(forms.Form):
    """What somebody fills in; ``personal`` names the fields that may be erased later."""

    personal: tuple[str, ...] = ()

    def __init__(
        self, answers: Any = None, files: Any = None, *, case: Case | None = None, **kwargs: Any
    ) -> None:
        super().__init__(answers, files, **{"label_suffix": "", **kwargs})
        self.case = case
        self.fit()

    def fit(self) -> None:
        """Fit the fields to ``self.case``."""


@dataclass(frozen=True)
class Guard:
    """What must hold before an action: named as a thing to be done, with its rule of law."""

    name: Any  # words, read in the reader's language
    test: Callable[[Case, date], None]  # raises Refused
    rule: str = ""


@dataclass(frozen=True)
class Action:
    """One thing that can be done at a stage."""

    key: str
    name: Any
    by: Who
    to: str = NEXT
    form: type[Answers] | None = None
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None  # writes the registers
    about: str = ""  # the action whose entry this one speaks of: a comment, a ballot
    public: bool = False  # the entry is read by everybody while the case is public
    sealed: bool = False  # nobody reads the answers until they are opened
    waits: Who | None = None  # though it moves nothing, for whom the case waits: who must vote
    receipt: bool = False  # whoever acts gets a number under which to ask later


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the path; its kind (``stages``) says which actions it offers."""

    key: str
    name: Any
    rule: str = ""  # the period in the law table within which, or for which, it runs
    since: str = ""  # the action from whose day the period counts; else the stage's first day
    code: str = ""  # GB/T 16733: 00 10 20 30 40 50 60 90 95
    documents: tuple[Any, ...] = ()
    alone: str = ""  # the action that the clock does when the period has run
    more: tuple[Action, ...] = ()

    def begins(self, case: Case) -> date:
        """Return the day from which the period of this stage counts."""
        if self.since and (entry := case.entries.filter(action_key=self.since).last()):
            return entry.day
        return case.stage_since

    def ends(self, case: Case) -> date | None:
        """Return the last day of the period of this stage, where it has one."""
        return case.end_of(self.rule).day if self.rule else None

    def own(self) -> tuple[Action, ...]:
        """Return the actions of this kind of stage."""
        raise NotImplementedError

    def actions(self) -> tuple[Action, ...]:
        """Return every action that the stage offers, to whomever."""
        return self._actions

    @cached_property
    def _actions(self) -> tuple[Action, ...]:
        return (*self.own(), *self.more)  # made once: pages ask for them again and again

    def action(self, key: str) -> Action | None:
        """Return an action by its key."""
        return next((action for action in self.actions() if action.key == key), None)

    def awaited(self) -> tuple[Who, ...]:
        """Return for whom a case waits at this stage: who moves it on, votes, signs."""
        asked = (a.by if a.to != STAY else a.waits for a in self.actions())
        return tuple(who for who in asked if who)


class Procedure:
    """A kind of matter. Its docstring names the rules that it follows."""

    key: str
    name: Any
    mark: str  # what its case numbers begin with
    law: str
    opened_by: Who
    readers: Who
    begun_at: str = ""  # the page where it begins, where that is more than a form
    stages: tuple[Stage, ...]

    def __init_subclass__(cls) -> None:
        keys = [stage.key for stage in cls.stages]
        if len(set(keys)) != len(keys):
            raise TypeError(f"{cls.__name__}: two stages share a key.")
        for stage in cls.stages:
            offered = [action.key for action in stage.actions()]
            if len(set(offered)) != len(offered) or stage.alone not in {"", *offered}:
                raise TypeError(f"{cls.__name__}.{stage.key}: actions {offered}, {stage.alone!r}.")
            for action in stage.actions():
                if action.to not in {NEXT, STAY, CLOSED, *keys}:
                    raise TypeError(f"{cls.__name__}.{stage.key}.{action.key}: no “{action.to}”.")
        procedures[cls.key] = cls

    @classmethod
    def stage(cls, key: str) -> Stage:
        """Return a stage by its key."""
        return next(stage for stage in cls.stages if stage.key == key)

    @classmethod
    def after(cls, stage: Stage, to: str) -> str:
        """Return the key of the stage to which an action leads, or CLOSED."""
        if to != NEXT:
            return stage.key if to == STAY else to
        rest = cls.stages[cls.stages.index(stage) + 1 :]
        return rest[0].key if rest else CLOSED

    @classmethod
    def law_words(cls, rule: str, day: date) -> str:
        """Return what a rule of this procedure said on a day, and where it stands."""
        value = rules.table(cls.law).rules[rule].at(day)
        return _("{source}，{amount}").format(source=value.cited, amount=amounts.told(value))

    @classmethod
    def title(cls, answers: dict[str, Any]) -> str:
        """Return what a case is called, from what was filed first."""
        return str(answers.get("title") or cls.name)

    @classmethod
    def course(cls, case: Case, stays: Sequence[Any], day: date) -> Any:
        """Return the clock that runs over several stages (``stages.stays``), or None."""
        del case, stays, day
        return None

    @classmethod
    def due(cls, day: date) -> Iterable[dict[str, Any]]:
        """Yield the cases that must be opened by a day, as arguments of ``desk.open_case``."""
        del day  # most procedures are opened by people
        return ()
