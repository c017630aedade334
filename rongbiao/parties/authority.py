"""Authority (职权): an act of the office is an officer's, within the time in post."""

from datetime import date

from django.utils.translation import gettext as _

from .post import Post
from .refused import Refused


def ask_officer(actor: Post | None, day: date, sentence: str) -> None:
    """Refuse whoever is no officer with the sentence, and an officer outside the time in post."""
    if not (actor and actor.is_officer):
        raise Refused(sentence)
    ask_in_post(actor, day)


def ask_in_post(actor: Post | None, day: date) -> None:
    """Refuse an act dated outside the time for which its actor holds the post."""
    if actor and not actor.holds_on(day):
        raise Refused(
            _("{post}的任职自{since}至{until}，不能办理{day}的事项。").format(
                post=actor, since=actor.since or "—", until=actor.until or _("今"), day=day
            )
        )
