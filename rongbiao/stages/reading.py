"""What may be read of a dossier (查阅): its parties read all of it, the public what is public.

A ballot stays sealed for everybody; what a person said about themselves is kept apart
(``Personal``) and is not given out here.
"""

from collections.abc import Callable
from copy import copy

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from rongbiao.cases.models import Attachment, Case, Entry
from rongbiao.cases.procedure import STAY, Action, Procedure
from rongbiao.parties.models import Post

from .answers import Confided


def inside(case: Case, actor: Post | None) -> bool:
    """Tell whether somebody reads the dossier as one of its parties, not only as the public."""
    private = copy(case)
    private.public_since = None
    return case.procedure.readers(actor, private)


def entries(case: Case, *, inner: bool) -> QuerySet[Entry]:
    """Return the entries that a reader may see, oldest first.

    ``inner``: one of the parties. The public sees what is declared public and, without its
    words, each step from stage to stage; not what was hidden, or is held and was not let out.
    """
    rows = case.entries.select_related("actor__person", "actor__organization", "about", "personal")
    if inner:
        return rows
    shown = where(case.procedure, lambda action: action.public or action.to != STAY)
    return rows.filter(shown).exclude(unseen())


def attachments(case: Case, *, inner: bool, actor: Post | None = None) -> QuerySet[Attachment]:
    """Return the files that a reader may have, oldest first; never those of a sealed ballot.

    What was confided to a handler is for no other party.
    """
    rows = Attachment.objects.filter(entry__case=case).select_related("file", "entry__actor")
    rows = rows.exclude(where(case.procedure, lambda action: action.sealed, "entry__"))
    closed = where(case.procedure, lambda one: not trusted(one, case, actor), "entry__")
    rows = rows.exclude(closed)
    if inner:
        return rows
    open_ones = where(case.procedure, _open_files, "entry__")
    return rows.filter(open_ones).exclude(unseen("entry"))


def confided(action: Action) -> bool:
    """Tell whether what somebody says of themselves in an action is for one handler alone."""
    return action.form is not None and issubclass(action.form, Confided)


def trusted(action: Action, case: Case, actor: Post | None) -> bool:
    """Tell whether somebody may read what is confided in an action, if anything is."""
    if action.form is None or not issubclass(action.form, Confided):
        return True
    return action.form.confided_to(actor, case)


def _open_files(action: Action) -> bool:
    """Files of public entries are public, but not those that somebody sent with their name."""
    return action.public and not (action.form and action.form.personal)


def where(procedure: type[Procedure], wanted: Callable[[Action], bool], before: str = "") -> Q:
    """Return the filter of entries made by some actions of a procedure.

    An action that is wanted at every stage that offers it is asked for by its key alone.
    """
    keys, pairs = wanted_actions(procedure, wanted)
    found = Q(**{f"{before}action_key__in": keys})
    for stage, actions in pairs.items():
        found |= Q(**{f"{before}stage_key": stage, f"{before}action_key__in": actions})
    return found


def wanted_actions(
    procedure: type[Procedure], wanted: Callable[[Action], bool]
) -> tuple[list[str], dict[str, list[str]]]:
    """Return the actions that are wanted wherever they are offered, and the others by stage."""
    offers = [
        (stage.key, one.key, wanted(one)) for stage in procedure.stages for one in stage.actions()
    ]
    unwanted = {key for _stage, key, yes in offers if not yes}
    everywhere = {key for _stage, key, yes in offers if yes} - unwanted
    pairs: dict[str, list[str]] = {}
    for stage, key, yes in offers:
        if yes and key in unwanted:
            pairs.setdefault(stage, []).append(key)
    return sorted(everywhere), pairs


def unseen(entry: str = "pk") -> Exists:
    """Return the condition of what the public does not see: the last word of an officer counts."""
    words = Entry.objects.filter(about=OuterRef("pk"), action_key__in=("hide", "release"))
    last = Subquery(words.order_by("-seq").values("action_key")[:1])
    kept_back = Q(last="hide") | Q(last=None, answers__held=True)
    return Exists(Entry.objects.filter(pk=OuterRef(entry)).annotate(last=last).filter(kept_back))
