"""In post (在任): an act is dated within the time for which its actor holds the post."""

from datetime import date

from django.utils.translation import gettext as _

from .post import Post
from .refused import Refused


def ask_in_post(actor: Post | None, day: date) -> None:
    """Refuse an act dated outside the time for which its actor holds the post."""
    if actor and not actor.holds_on(day):
        raise Refused(
            _("{post}的任职自{since}至{until}，不能办理{day}的事项。").format(
                post=actor, since=actor.since or "—", until=actor.until or _("今"), day=day
            )
        )


def ask_office(actor: Post | None, day: date, sentence: str) -> Post:
    """Return the actor if an officer in post on the day; else refuse, who is none with the words."""
    if actor is None or not actor.is_officer:
        raise Refused(sentence)
    ask_in_post(actor, day)
    return actor
