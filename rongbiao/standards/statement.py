"""Statements (声明内容): what an enterprise says of one standard, in one version.

One without ``since`` is being prepared (未公开) and may be changed; one that was declared
never changes: what is said anew is another version, and the one before ends on that day.
"""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization

from .declaration import Declaration


class StatementQuerySet(models.QuerySet):
    """Versions of what was declared."""

    def preparing(self, organization: Organization):
        """Return what an enterprise has not declared yet."""
        return self.filter(organization=organization, since=None)

    def on(self, day: date):
        """Return the versions that hold on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Statement(models.Model):
    """One version of what is declared of a standard."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="statements")
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    replaces = models.ForeignKey(
        Declaration, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("代替本企业已公开的标准"),
    )  # fmt: skip
    ordinal = models.PositiveSmallIntegerField(_("版次"), default=0)
    number = models.CharField(_("标准编号"), max_length=80)
    title = models.CharField(_("标准名称"), max_length=300)
    own = models.BooleanField(_("企业标准"), default=True)
    products = models.TextField(_("产品或者服务"), max_length=2000, blank=True)
    references = models.TextField(_("对照的标准编号"), max_length=1000, blank=True)
    notice = models.TextField(_("明示"), max_length=2000, blank=True)
    text = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, verbose_name=_("标准文本"), related_name="+"
    )
    # The law asks for number, name and indicators: whether the text is public, the enterprise says.
    text_public = models.BooleanField(_("公开标准文本"), default=False)
    words = models.TextField(_("文本的文字"), blank=True)
    since = models.DateField(_("公开日期"), null=True, blank=True)
    until = models.DateField(_("被新内容取代的日期"), null=True, blank=True)
    basis = models.CharField(_("办件号"), max_length=40, blank=True)
    findings = models.JSONField(_("预检发现"), default=list)
    checked_on = models.DateField(_("预检日期"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("声明内容")
        ordering = ["organization", "number", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number"],
                condition=Q(since=None),
                name="standards_statement_prepared_once",
            ),
            models.UniqueConstraint(
                fields=["declaration", "ordinal"],
                condition=Q(since__isnull=False),
                name="standards_statement_version",
            ),
        ]
        indexes = [models.Index(fields=["since", "until"], name="standards_statement_days")]

    def __str__(self):
        return f"{self.number} {self.title}"

    def content(self) -> dict[str, Any]:
        """Return everything that is declared, in plain values."""
        rows = sorted(self.indicators.all(), key=lambda row: row.place)
        return {
            "organization": self.organization.credit_code or self.organization.name,
            "number": self.number,
            "title": self.title,
            "own": self.own,
            "products": self.products,
            "references": self.references,
            "notice": self.notice,
            "text": self.text.sha256 if self.text else "",
            "indicators": [row.content() for row in rows],
        }

    def digest(self) -> str:
        """Return the SHA-256 of the content: what was declared can be told from what is shown."""
        told = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()
