"""The journal (办理记录): every act, who did it in which post, when, on what."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .post import Post


class Act(models.Model):
    """One line of the journal; nothing edits or deletes it but the removal of the demonstration."""

    at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    day = models.DateField(_("办理日期"))
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, related_name="acts", verbose_name=_("经办人")
    )
    verb = models.SlugField(_("动作"), max_length=40)
    subject = models.CharField(_("对象"), max_length=200)
    subject_key = models.CharField(_("对象代号"), max_length=80, db_index=True)
    words = models.JSONField(_("内容"), default=dict)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["id"]

    def __str__(self):
        return f"{self.day} {self.verb} {self.subject}"


def key_of(thing: models.Model) -> str:
    """Return the name under which the journal files a thing: ``strategy.report:12``."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def name_of(thing: models.Model) -> str:
    """Return a thing's name as the journal keeps it: in Chinese, whatever the writer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(thing)[:200]


def write(actor: Post | None, verb: str, subject: models.Model, *, day: date, **words: Any) -> Act:
    """Write one act into the journal; call it in the transaction of the act itself.

    ``actor`` is None only for what the platform does because a day has come. What a
    demonstration post does, and what is done to a thing of the demonstration, is of that world.
    """
    by = actor and actor.demonstration
    return Act.objects.create(
        day=day,
        post=actor,
        verb=verb,
        subject=name_of(subject),
        subject_key=key_of(subject),
        words=words,
        demonstration=bool(by or getattr(subject, "demonstration", False)),
    )


def write_many(
    actor: Post | None,
    verb: str,
    rows: Sequence[tuple[models.Model, dict[str, Any]]],
    *,
    day: date,
    demonstration: bool = False,
) -> None:
    """Write the same act on many things, each with its own words; one round to the database.

    What the platform itself does is ``demonstration`` where it speaks of that world.
    """
    Act.objects.bulk_create(
        Act(
            day=day,
            post=actor,
            verb=verb,
            subject=name_of(subject),
            subject_key=key_of(subject),
            words=words,
            demonstration=demonstration or bool(actor and actor.demonstration),
        )
        for subject, words in rows
    )


def lines_of(thing: models.Model) -> models.QuerySet[Act]:
    """Return what was done to a thing, oldest first."""
    return Act.objects.filter(subject_key=key_of(thing)).select_related("post__person")
