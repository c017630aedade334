"""Who may (经办权限) on the strategy floor: each predicate has two faces.

``test`` asks about one thing, ``rows`` filters all of them; a test holds
the two equal. The first guards the acts, the second fills the lists.
``officer`` is about nothing in particular: plans, decisions, lists and periods
are the office's alone, whichever they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from rongbiao.parties.in_post import ask_in_post
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused

from .models import Assignment, Report

ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])
REPORTING = {Post.Role.REPORTER, Post.Role.LEADER}


@dataclass(frozen=True)
class Who:
    """A group of people, and what it may touch."""

    name: Any
    test: Callable[[Post | None, Any], bool]
    rows: Callable[[Post | None], Q]


def _is_officer(actor: Post | None) -> bool:
    return bool(actor and actor.is_officer)


def _office_rows(actor: Post | None) -> Q:
    return ALL if _is_officer(actor) else NONE


def _reports_for(actor: Post | None, assignment: Assignment) -> bool:
    return bool(
        actor and actor.role in REPORTING and actor.organization_id == assignment.organization_id
    )


def _own_rows(actor: Post | None, path: str = "organization") -> Q:
    if actor and actor.role in REPORTING:
        return Q(**{path: actor.organization_id})
    return NONE


def _sees(actor: Post | None, assignment: Assignment) -> bool:
    return _is_officer(actor) or _reports_for(actor, assignment)


def _seen_rows(actor: Post | None, path: str = "organization") -> Q:
    return ALL if _is_officer(actor) else _own_rows(actor, path)


def _sees_report(actor: Post | None, report: Report) -> bool:
    return _sees(actor, report.assignment)


officer = Who(
    gettext_lazy("联席会议办公室经办人"), lambda actor, _thing: _is_officer(actor), _office_rows
)
reports_on = Who(gettext_lazy("本责任项所属单位的填报人"), _reports_for, _own_rows)
reviews = Who(officer.name, officer.test, _office_rows)
sees_inside = Who(gettext_lazy("责任单位和联席会议办公室"), _sees, _seen_rows)
may_see_report = Who(
    sees_inside.name,
    _sees_report,
    lambda actor: _seen_rows(actor, "assignment__organization"),
)


def ask_officer(actor: Post | None, day: date, sentence: str) -> None:
    """Refuse whoever is no officer with the sentence, and an officer outside the time in post."""
    if not officer.test(actor, None):
        raise Refused(sentence)
    ask_in_post(actor, day)
