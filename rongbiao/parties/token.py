"""Tokens (接口令牌): by which a program acts in somebody's post."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from .post import Post


class Token(models.Model):
    """A secret that a program sends; only its hash is kept, and it is shown once.

    What it opens is what its post opens, narrowed by the scope, while the post is held.
    """

    class Scope(models.TextChoices):
        READ = "read", _("只读")
        WRITE = "write", _("登记标准")
        CALENDAR = "calendar", _("日历订阅")  # opens a calendar of deadlines and nothing else

    post = models.ForeignKey(
        Post, models.CASCADE, related_name="tokens", verbose_name=_("所属任职")
    )
    name = models.CharField(_("用途"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of 256 random bits
    start = models.CharField(max_length=12)  # by which its holder knows it again
    scope = models.CharField(_("权限"), max_length=10, choices=Scope, default=Scope.READ)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)
    until = models.DateField(_("有效期至"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.name}（{self.start}…）"

    def holds_on(self, day: date) -> bool:
        """Tell whether the token itself is good on a day; its post is another question."""
        return self.revoked_at is None and day <= self.until


class Reply(models.Model):
    """What was answered to one write of a program: the same again gets the same answer."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="replies")
    key = models.CharField(max_length=200)  # the Idempotency-Key that the program chose
    digest = models.CharField(max_length=64)  # SHA-256 of what was asked
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("接口答复")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="parties_reply_once")]

    def __str__(self):
        return f"{self.token}：{self.key}"
