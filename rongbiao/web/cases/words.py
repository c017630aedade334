"""Words (填报内容): what an entry says, as its reader may see it.

Whoever reads as the public gets the words of public entries only. Ballots are never
opened here: what the count has opened names nobody but to the office. What somebody said
about themselves is shown to the office alone, and masked; what they confided to a handler,
to the handler alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from rongbiao.cases.desk import BEGUN
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, STAY, Action
from rongbiao.parties.journal import Act
from rongbiao.parties.models import Post
from rongbiao.stages import erasure, reading
from rongbiao.web.templatetags.rb import zhdate

OFFICE = frozenset({Post.Role.OFFICER, Post.Role.AUDITOR})
SHOWN = 3  # letters of a telephone number that stay at its beginning; four at its end
LONG = 20  # characters: whatever is longer was not meant as a label


@dataclass(frozen=True)
class Line:
    """One entry as it is read."""

    entry: Entry
    stage: str
    name: str
    who: str
    to: str
    said: list[tuple[str, str]]
    sealed: bool
    erased: Act | None = None  # what it said of a person is gone: when, by what ground
    erase: str = ""  # where this reader may erase it

    @property
    def about(self) -> str:
        """Return which entry this one speaks of, in words."""
        about = self.entry.about
        return _("针对第 {n} 号").format(n=about.seq) if about else ""


@dataclass
class Reader:
    """Somebody who reads a case: what they may see, and the forms that name its fields."""

    case: Case
    actor: Post | None
    inner: bool
    known: dict[tuple[str, str], Mapping[str, forms.Field]] = field(default_factory=dict)

    @property
    def office(self) -> bool:
        """Tell whether the office reads, or who audits it."""
        return bool(self.inner and self.actor and self.actor.role in OFFICE)

    @cached_property
    def erased(self) -> dict[int, Act]:
        """Return what was erased of this case, by the places of its entries."""
        return erasure.erased(self.case)

    def lines(self, entries: Iterable[Entry]) -> list[Line]:
        """Return entries as they are read."""
        return [self.line(entry) for entry in entries]

    def line(self, entry: Entry) -> Line:
        """Return one entry as it is read."""
        procedure = self.case.procedure
        stage = next((one for one in procedure.stages if one.key == entry.stage_key), None)
        action = stage.action(entry.action_key) if stage else None
        if stage and entry.action_key == BEGUN:
            return Line(entry, str(stage.name), _("开启"), self.who(entry), "", [], False)
        if stage is None or action is None:
            return Line(entry, entry.stage_key, entry.action_key, self.who(entry), "", [], False)
        to = procedure.after(stage, action.to) if action.to != STAY else ""
        where = _("办结") if to == CLOSED else str(procedure.stage(to).name) if to else ""
        return Line(
            entry,
            str(stage.name),
            str(action.name),
            self.who(entry),
            where,
            self.said(entry, action),
            action.sealed,
            self.erased.get(entry.seq) if self.inner and _emptied(entry) else None,
            self.where_to_erase(entry),
        )

    def where_to_erase(self, entry: Entry) -> str:
        """Return the address where this reader erases what an entry says of a person."""
        officer = self.inner and self.actor is not None and self.actor.is_officer
        if not officer or not hasattr(entry, "personal"):
            return ""
        return reverse("case_erase", args=[self.case.number, entry.seq])

    def who(self, entry: Entry) -> str:
        """Return who made an entry; the public reads units and no names."""
        if entry.actor is None:
            return _("公众") if entry.receipt else _("平台")
        return str(entry.actor if self.inner else entry.actor.organization)

    def said(self, entry: Entry, action: Action) -> list[tuple[str, str]]:
        """Return label and text of each answer that this reader may see."""
        if action.sealed or not (self.inner or action.public):
            return []
        fields = self.fields(entry.stage_key, action)
        answers = dict(entry.answers)
        if answers.pop("hidden", False) and not self.office:
            answers.pop("unit", None)
        found = [
            (label(fields[name]), text(value, fields[name]))
            for name, value in answers.items()
            if name in fields and value not in (None, "", [])
        ]
        if "ballots" in answers:
            found += tally(answers, named=self.office)
        if self.named(action) and hasattr(entry, "personal"):
            # whoever handles what was confided must be able to answer
            found += _of_self(entry, fields, plain=reading.confided(action))
        return found

    def named(self, action: Action) -> bool:
        """Tell whether this reader may read what somebody said of themselves."""
        if reading.confided(action):
            return self.inner and reading.trusted(action, self.case, self.actor)
        return self.office

    def fields(self, stage: str, action: Action) -> Mapping[str, forms.Field]:
        """Return the fields of an action's form, fitted once for a page."""
        key = (stage, action.key)
        if key not in self.known:
            self.known[key] = action.form(case=self.case).fields if action.form else {}
        return self.known[key]


def _emptied(entry: Entry) -> bool:
    """Tell whether an entry once spoke of a person and does no more."""
    return bool(entry.sealed) and not hasattr(entry, "personal")


def _of_self(
    entry: Entry, fields: Mapping[str, forms.Field], *, plain: bool = False
) -> list[tuple[str, str]]:
    return [
        (label(fields[name]), str(value) if plain else masked(name, str(value)))
        for name, value in entry.personal.words.items()
        if name in fields
    ]


def told_of_self(reader: Reader, entry: Entry) -> list[tuple[str, str]]:
    """Return label and masked text of what an entry says of a person, for who may read it."""
    action = reader.case.procedure.stage(entry.stage_key).action(entry.action_key)
    if action is None or not reader.named(action) or not hasattr(entry, "personal"):
        return []
    return _of_self(entry, reader.fields(entry.stage_key, action))


def label(field: forms.Field) -> str:
    """Return the label of a field without what it tells whoever fills it in."""
    return str(field.label).split("（")[0] if len(str(field.label)) > LONG else str(field.label)


def text(value: Any, field: forms.Field) -> str:
    """Return an answer as people read it."""
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, forms.DateField):
        return zhdate(date.fromisoformat(str(value)))
    choices = {str(key): str(words) for key, words in getattr(field, "choices", ())}
    if isinstance(value, list):
        return _("、").join(choices.get(str(one), str(one)) for one in value)
    return choices.get(str(value), str(value))


def tally(answers: Mapping[str, Any], *, named: bool) -> list[tuple[str, str]]:
    """Return a count of votes, and, for the office, who voted how."""
    words = _("应到 {seats}，同意 {yes}，不同意 {no}，弃权 {abstain}").format(
        **{name: answers.get(name, 0) for name in ("seats", "yes", "no", "abstain")}
    )
    found = [
        (_("表决结果"), words),
        (_("结论"), _("通过") if answers.get("carried") else _("未通过")),
    ]
    if why := answers.get("why"):
        found.append((_("说明"), str(why)))
    votes = {"yes": _("同意"), "no": _("不同意"), "abstain": _("弃权")}
    if named:
        found += [
            (
                str(one["name"]),
                _("，").join(filter(None, (votes.get(one["vote"], ""), one.get("opinion", "")))),
            )
            for one in answers["ballots"]
        ]
    return found


def masked(name: str, words: str) -> str:
    """Return what somebody said about themselves, so that they can be told apart and no more.

    >>> masked("phone", "13800001234"), masked("person", "林某某"), masked("email", "lin@x.cn")
    ('138****1234', '林**', 'l***@x.cn')
    """
    if "@" in words:
        name, _at, host = words.partition("@")
        return f"{name[:1]}***@{host}"
    if sum(letter.isdigit() for letter in words) >= 2 * SHOWN:
        return f"{words[:SHOWN]}****{words[-SHOWN - 1 :]}"
    return words[:1] + "*" * (len(words) - 1)
