"""Who may propose a local standard: a competent department, not a firm (Order 26, art. 9)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case
from rongbiao.cases.who import ALL, NONE, Who
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.post import HANDLERS

DEPARTMENTS = frozenset(
    {Organization.Kind.BUREAU, Organization.Kind.DISTRICT, Organization.Kind.PARK}
)


def _acts_for_one(actor: Post | None) -> bool:
    return bool(actor and actor.role in HANDLERS and actor.organization.kind in DEPARTMENTS)


def _rows(actor: Post | None) -> Q:
    return ALL if _acts_for_one(actor) else NONE


def _test(actor: Post | None, case: Case) -> bool:
    return _acts_for_one(actor)


competent = Who(_("主管部门、县（市）区"), _test, _rows)
