"""Who may (经办权限) on the strategy floor: each predicate has two faces.

``test`` asks about one assignment, ``rows`` filters all of them; a test holds
the two equal. The first guards the acts, the second fills the lists.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from rongbiao.parties.models import Post

from .models import Assignment

ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])
REPORTING = {Post.Role.REPORTER, Post.Role.LEADER}


@dataclass(frozen=True)
class Who:
    """A group of people, and what it may touch."""

    name: str
    test: Callable[[Post | None, Assignment], bool]
    rows: Callable[[Post | None], Q]


def _is_officer(actor: Post | None) -> bool:
    return bool(actor and actor.is_officer)


def _reports_for(actor: Post | None, assignment: Assignment) -> bool:
    return bool(
        actor
        and actor.role in REPORTING
        and actor.organization_id == assignment.organization_id
    )


def _own_rows(actor: Post | None) -> Q:
    if actor and actor.role in REPORTING:
        return Q(organization=actor.organization_id)
    return NONE


def _sees(actor: Post | None, assignment: Assignment) -> bool:
    return _is_officer(actor) or _reports_for(actor, assignment)


def _seen_rows(actor: Post | None) -> Q:
    return ALL if _is_officer(actor) else _own_rows(actor)


reports_on = Who("本责任项所属单位的填报人", _reports_for, _own_rows)
reviews = Who(
    "联席会议办公室经办人",
    lambda actor, assignment: _is_officer(actor),
    lambda actor: ALL if _is_officer(actor) else NONE,
)
sees_inside = Who("责任单位和联席会议办公室", _sees, _seen_rows)
