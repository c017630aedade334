"""The journal of a dossier (经办记录): who did what, when, with which words; append-only.

The database itself refuses to alter or delete an entry (a trigger, see the migration);
entries of the demonstration may go, in their own chain.
"""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Post

from .case import Case


class Entry(models.Model):
    """One line of the journal, and its link in the chain."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("记录时间"))
    day = models.DateField(_("办理日期"))
    actor = models.ForeignKey(Post, models.PROTECT, null=True, verbose_name=_("经办人"))
    stage_key = models.SlugField(_("环节"), max_length=40)
    action_key = models.SlugField(_("动作"), max_length=40)
    answers = models.JSONField(_("填报内容"), default=dict, encoder=DjangoJSONEncoder)
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered")
    token = models.CharField(max_length=64, null=True, blank=True)
    receipt = models.CharField(_("受理号"), max_length=20, null=True, unique=True)
    sealed = models.CharField(max_length=64, blank=True)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("经办记录")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["demonstration", "seq"], name="cases_entry_place"),
            models.UniqueConstraint(fields=["case", "token"], name="cases_entry_token_once"),
        ]
        indexes = [
            models.Index(fields=["case", "action_key", "seq"]),
            models.Index(fields=["case", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.action_key} {self.case_id}"

    def saying(self) -> dict[str, Any]:
        """Return what the chain holds of this entry."""
        return {
            "seq": self.seq,
            "case": self.case.number,
            "at": self.at.isoformat(),
            "day": str(self.day),
            "actor": self.actor_id,
            "stage": self.stage_key,
            "action": self.action_key,
            "answers": self.answers,
            "about": self.about.seq if self.about else None,
            "receipt": self.receipt,
            "sealed": self.sealed,
        }


class Personal(models.Model):
    """What an entry says about a person: kept apart, so that it can be erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32)
    words = models.JSONField(_("个人信息"), default=dict)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("个人信息")

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Attachment(models.Model):
    """A file that an entry brought into the dossier."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    field = models.SlugField(_("材料"), max_length=40)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("办件附件")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}"


class Agreement(models.Model):
    """One browser shares one opinion (赞同): no act, it moves nothing and can be taken back.

    Who agreed is nowhere: ``voter`` is a keyed hash of what a browser holds, another one for
    each opinion, so that it only tells the same browser on the same opinion.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="agreements")
    voter = models.CharField(max_length=64)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("赞同")
        constraints = [models.UniqueConstraint(fields=["entry", "voter"], name="agreement_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Checkpoint(models.Model):
    """The end of a chain on a day, published so that nobody can rewrite what came before."""

    seq = models.PositiveBigIntegerField(_("序号"))
    digest = models.CharField(_("摘要"), max_length=64)
    day = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("检查点")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"


class Head(models.Model):
    """The last link of a chain: whoever writes the next one holds this row."""

    demonstration = models.BooleanField(unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("链头")

    def __str__(self) -> str:
        return f"{self.seq}"
