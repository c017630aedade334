"""What may be read of a dossier (查阅): its parties read all of it, the public what is public.

A ballot stays sealed for everybody; what a person said about themselves is kept apart
(``Personal``) and is not given out here.
"""

from collections.abc import Callable
from copy import copy

from django.db.models import Exists, OuterRef, Q, QuerySet

from rongbiao.parties.models import Post

from .models import Attachment, Case, Entry
from .procedure import STAY, Action, Procedure
from .who import NONE


def inside(case: Case, actor: Post | None) -> bool:
    """Tell whether somebody reads the dossier as one of its parties, not only as the public."""
    private = copy(case)
    private.public_since = None
    return case.procedure.readers(actor, private)


def entries(case: Case, *, inner: bool) -> QuerySet[Entry]:
    """Return the entries that a reader may see, oldest first.

    ``inner``: one of the parties. The public sees what is declared public and, without its
    words, each step from stage to stage; what an officer has hidden it does not see.
    """
    rows = case.entries.select_related("actor__person", "actor__organization", "about", "personal")
    if inner:
        return rows
    shown = _where(case.procedure, lambda action: action.public or action.to != STAY)
    return rows.filter(shown).exclude(_hidden())


def attachments(case: Case, *, inner: bool) -> QuerySet[Attachment]:
    """Return the files that a reader may have, oldest first; never those of a sealed ballot."""
    rows = Attachment.objects.filter(entry__case=case).select_related("file", "entry__actor")
    rows = rows.exclude(_where(case.procedure, lambda action: action.sealed, "entry__"))
    if inner:
        return rows
    open_ones = _where(case.procedure, _open_files, "entry__")
    return rows.filter(open_ones).exclude(_hidden("entry"))


def _open_files(action: Action) -> bool:
    """Files of public entries are public, but not those that somebody sent with their name."""
    return action.public and not (action.form and action.form.personal)


def _where(procedure: type[Procedure], wanted: Callable[[Action], bool], before: str = "") -> Q:
    found = Q(**{f"{before}pk__in": []}) if before else Q(NONE)
    for stage in procedure.stages:
        keys = [action.key for action in stage.actions() if wanted(action)]
        if keys:
            found |= Q(**{f"{before}stage_key": stage.key, f"{before}action_key__in": keys})
    return found


def _hidden(entry: str = "pk") -> Exists:
    return Exists(Entry.objects.filter(about=OuterRef(entry), action_key="hide"))
