"""Agreements (赞同): how many share an opinion. They are no acts: they move nothing and can be taken back.

Who agreed is nowhere: ``voter`` is a keyed hash of what a browser holds, another one for each
opinion, so that it only tells the same browser on the same opinion.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .entry import Entry


class Agreement(models.Model):
    """One browser shares one opinion."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="agreements")
    voter = models.CharField(max_length=64)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("赞同")
        constraints = [
            models.UniqueConstraint(fields=["entry", "voter"], name="cases_agreement_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"
