"""Rules and time limits (规则与时限) as a page shows them: what holds on a day, what was, what comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rongbiao.law import Origin, Rule, Table, Value
from rongbiao.law.workdays import Calendar, Notice

# What an officer of the desk looks up most stands first; a table that is not named comes last.
ORDER = (
    "local_standard",
    "group_standard",
    "fostering",
    "review_profiles",
    "expert_draw",
    "citing",
    "leader",
    "scope",
    "checks",
    "reporting",
    "standards",
    "personal",
    "counting",
)


@dataclass(frozen=True)
class Line:
    """One rule on one day. ``now`` is None before its first value."""

    rule: Rule
    now: Value | None
    coming: tuple[Value, ...]

    @property
    def corrected(self) -> bool:
        """Tell whether an officer's value holds."""
        return self.now is not None and self.now.origin is Origin.OFFICER

    @property
    def unread(self) -> bool:
        """Tell whether the value that holds was not read in its source."""
        return self.now is not None and not self.now.verified

    @property
    def long(self) -> bool:
        """Tell whether the value is a sentence and not a figure."""
        return self.now is not None and len(self.now.amount) > 24

    @property
    def past(self) -> int:
        """Return how many other values the rule has had."""
        return len(self.rule.values) - len(self.coming) - (self.now is not None)


@dataclass(frozen=True)
class Sheet:
    """One table: its groups, each with heading and lines."""

    name: str
    table: Table
    groups: list[tuple[str, str, list[Line]]]
    total: int

    @property
    def shown(self) -> int:
        """Return how many lines are shown."""
        return sum(len(lines) for _heading, _english, lines in self.groups)

    @property
    def grouped(self) -> bool:
        """Tell whether the rules stand under headings."""
        return any(heading for heading, _english, _lines in self.groups)


def line(rule: Rule, day: date) -> Line:
    """Return one rule as it stands on a day."""
    coming = tuple(value for value in rule.values if value.since > day)
    return Line(rule, rule.known_at(day), coming)


def sheets(tables: dict[str, Table], day: date, *, words: str = "", state: str = "") -> list[Sheet]:
    """Return the tables with the rules that have some words in them and are in some state."""
    place = {name: n for n, name in enumerate(ORDER)}
    names = sorted(tables, key=lambda name: (place.get(name, len(ORDER)), name))
    found = []
    for name in names:
        groups = []
        for rules in tables[name].groups().values():
            lines = [
                one for one in (line(rule, day) for rule in rules) if _asked(one, words, state)
            ]
            if lines:
                groups.append((rules[0].heading, rules[0].heading_en, lines))
        found.append(Sheet(name, tables[name], groups, len(tables[name].rules)))
    return found


def _asked(one: Line, words: str, state: str) -> bool:
    states = {"unread": one.unread, "corrected": one.corrected, "read": not one.unread}
    if not states.get(state, True):
        return False
    rule, value = one.rule, one.now or one.rule.values[-1]
    said = (rule.name, rule.name_en, rule.heading, value.cited, value.amount, rule.key)
    return not words or any(words.lower() in text.lower() for text in said)


def counted(tables: dict[str, Table], day: date) -> dict[str, int]:
    """Return how many rules there are, read in their source, not read, corrected by officers."""
    lines = [line(rule, day) for table in tables.values() for rule in table.rules.values()]
    unread = sum(one.unread for one in lines)
    return {
        "total": len(lines),
        "read": len(lines) - unread,
        "unread": unread,
        "corrected": sum(one.corrected for one in lines),
    }


def told(value: Value) -> dict:
    """Return a value for programs."""
    return {
        "since": value.since.isoformat(),
        "value": value.value,
        "unit": value.unit.value if value.unit else None,
        "source": value.source,
        "article": value.article,
        "verified": value.verified,
        "origin": value.origin.value,
        "basis": value.basis,
    }


def document(tables: dict[str, Table], calendar: Calendar, day: date) -> dict:
    """Return every table and every notice for programs, as they stand on a day."""
    return {
        "as_of": day.isoformat(),
        "tables": [
            {
                "key": sheet.name,
                "title": sheet.table.title,
                "title_en": sheet.table.title_en,
                "rules": [_rule(one) for _h, _e, lines in sheet.groups for one in lines],
            }
            for sheet in sheets(tables, day)
        ],
        "days": [_notice(one) for one in calendar.all],
    }


def _rule(one: Line) -> dict:
    rule = one.rule
    return {
        "key": rule.key,
        "name": rule.name,
        "name_en": rule.name_en,
        "heading": rule.heading,
        "in_force": told(one.now) if one.now else None,
        "values": [told(value) for value in rule.values],
    }


def _notice(one: Notice) -> dict:
    return {
        "year": one.year,
        "number": one.number,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "whole": one.whole,
        "off": _days(one.off),
        "working": _days(one.working),
        "source": one.source,
        "verified": one.verified,
    }


def _days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
