"""Who may read a registered document, and who answers for it; each with two faces.

The test guards a page or an act, the filter fills lists; ``tests/standards/citing`` holds
them to agree. An actor is a post, or None for the public.
"""

from django.db.models import Q

from rongbiao.parties.models import Post
from rongbiao.parties.post import HANDLERS

from .document import CitingDocument

OFFICE = frozenset({Post.Role.OFFICER, Post.Role.AUDITOR})
ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])


def may_register(actor: Post | None) -> bool:
    """Tell whether an actor may register documents of its unit."""
    return actor is not None and actor.role in HANDLERS


def answers(actor: Post | None, document: CitingDocument) -> bool:
    """Tell whether an actor answers for a document: a handler of its body."""
    return bool(
        actor and actor.role in HANDLERS and actor.organization_id == document.organization_id
    )


def answered_by(actor: Post | None) -> Q:
    """Return the documents for which an actor answers."""
    return Q(organization=actor.organization_id) if actor and may_register(actor) else NONE


def reads(actor: Post | None, document: CitingDocument) -> bool:
    """Tell whether an actor may read a document: its body, the office, and all if it is public."""
    if answers(actor, document) or (actor is not None and actor.role in OFFICE):
        return True
    return document.public and document.confirmed_on is not None


def readable(actor: Post | None) -> Q:
    """Return the documents that an actor may read."""
    if actor is not None and actor.role in OFFICE:
        return ALL
    return Q(public=True, confirmed_on__isnull=False) | answered_by(actor)
