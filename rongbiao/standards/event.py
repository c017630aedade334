"""Events (标准动态): what became of a standard and when; feeds and digests are read from here.

Written by whoever changes standards, in the transaction of the change (``events.note``).
The standard is named by its key, not by its row: a removed edition keeps its past.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One piece of news about one edition."""

    class Kind(models.TextChoices):
        ENTERED = "entered", _("新登记")
        EDITION = "edition", _("新版本")
        REPLACED = "replaced", _("被代替")
        WITHDRAWN = "withdrawn", _("废止")
        IMPLEMENTED = "implemented", _("开始实施")
        CHANGED = "changed", _("内容变更")

    kind = models.CharField(_("动态"), max_length=12, choices=Kind)
    key = models.CharField(max_length=200, db_index=True)
    bare_key = models.CharField(max_length=200, db_index=True)  # all editions of the standard
    number = models.CharField(_("标准编号"), max_length=200)
    title = models.CharField(_("标准名称"), max_length=1000)
    day = models.DateField(_("日期"))
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    words = models.JSONField(_("内容"), default=dict)  # column: [before, after]

    class Meta:
        verbose_name = _("标准动态")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "day"])]

    def __str__(self):
        return f"{self.number} {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("standard", args=[self.slug])

    @property
    def slug(self) -> str:
        """The number as it stands in an address."""
        return self.key.replace("/", "~")
