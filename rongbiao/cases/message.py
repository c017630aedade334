"""Messages (通知): who was told of an entry, in the inbox and by e-mail."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Post
from rongbiao.standards import letters

from .case import Case
from .entry import Entry
from .procedure import Stage


class Message(models.Model):
    """One post was told of one entry."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="messages")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="messages")
    words = models.CharField(_("内容"), max_length=300)
    deadline = models.DateField(_("提醒的期限"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("通知")
        ordering = ["-id"]
        indexes = [models.Index(fields=["post", "read_at"])]

    def __str__(self) -> str:
        return self.words


def concerned(case: Case, stage: Stage | None, day: date) -> list[Post]:
    """Return the posts to be told when a case comes to a stage, or to its close (None).

    Those of the applicant, and of the office and the seats who may act at the stage.
    """
    seats = case.seats.filter(recused_on=None)
    near = Q(role=Post.Role.OFFICER) | Q(pk__in=seats.exclude(post=None).values("post"))
    near |= Q(organization__in=seats.filter(post=None).values("organization"))
    if case.applicant_id:
        near |= Q(organization=case.applicant_id)
    posts = Post.objects.on(day).filter(near, demonstration=case.demonstration)
    posts = posts.select_related("person", "organization").order_by("pk").distinct()
    movers = stage.awaited() if stage else ()
    return [
        post
        for post in posts
        if post.organization_id == case.applicant_id or any(by(post, case) for by in movers)
    ]


def tell(
    case: Case, entry: Entry, words: str, posts: Iterable[Post], deadline: date | None = None
) -> None:
    """Tell some posts of an entry, but not the one who made it; in the caller's transaction.

    ``deadline`` is set when they are reminded of one: its day, or when they were to be told.
    """
    told = [post for post in posts if deadline or post.pk != entry.actor_id]
    Message.objects.bulk_create(
        Message(
            post=post,
            entry=entry,
            words=words[:300],
            deadline=deadline,
            demonstration=case.demonstration,
        )
        for post in told
    )
    for post in told:
        if post.person.email:
            letters.write(post.person.email, words, f"{words}\n{case.number} {case.title}")


def moved(case: Case, entry: Entry, day: date) -> None:
    """Tell whom it concerns that a case has come to another stage, or to its close."""
    stage = None if case.closed_on else case.stage
    where = f"已进入“{stage.name}”" if stage else "已办结"
    tell(case, entry, f"“{case.title}”{where}。", concerned(case, stage, day))
