"""Kept citations (登记的引用): what a registered document cites, against exact editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.standards.standard import Standard

from .document import CitingDocument


class KeptCitation(models.Model):
    """One standard that a document cites, wherever in it; or words that cite in general.

    ``key`` is of the edition that is meant, whether the register holds it or not; an undated
    citation follows the edition in force, and ``first_key`` remembers which it was.
    """

    class State(models.TextChoices):
        FOUND = "found", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REJECTED = "rejected", _("不是引用")

    document = models.ForeignKey(
        CitingDocument, models.CASCADE, related_name="citations", db_index=False
    )
    place = models.PositiveIntegerField()  # its order in the text
    text = models.CharField(_("原文"), max_length=300)
    number = models.CharField(_("标准编号"), max_length=200, blank=True)  # as cited; none in words
    dated = models.BooleanField(_("注日期"), default=True)
    places = models.JSONField(default=list)  # where it stands, as {where, clause, around}
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.FOUND)
    standard = models.ForeignKey(Standard, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=200, blank=True, db_index=True)
    bare_key = models.CharField(max_length=200, blank=True, db_index=True)
    first_key = models.CharField(max_length=200, blank=True)
    in_words = models.BooleanField(_("概括引用"), default=False)  # a person said which is meant
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("登记的引用")
        ordering = ["document", "place"]
        constraints = [
            models.UniqueConstraint(fields=["document", "place"], name="standards_kept_once")
        ]

    def __str__(self):
        return self.number or self.text
